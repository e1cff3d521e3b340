package dev.modgate.gomod.sumdb;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.gomod.tlog.RecordProof;
import dev.modgate.gomod.tlog.TlogHash;
import dev.modgate.gomod.tlog.TreeHead;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What the checksum database says about a module version, and all that proves it: with the
/// database's key and without a network, now or in ten years.
///
/// @param zip of the module zip
/// @param goMod of the go.mod
/// @param reply the record as it came, with the tree head under which it was proven: the remembered
///   one, which may be newer than the one that came
/// @param inclusion that the tree has the record
public record SumDbProof(
    ModuleVersion module, H1 zip, H1 goMod, LookupReply reply, RecordProof inclusion) {

  /// The whole chain: note, inclusion, lines, in this order.
  ///
  /// @throws SumDbException naming the first link that does not hold
  static SumDbProof prove(
      ModuleVersion module, LookupReply reply, RecordProof inclusion, VerifierKey key)
      throws SumDbException {
    TreeHead head = SignedHead.open(reply.note(), key).head();
    if (reply.id() >= head.size()) {
      throw SumDbException.forged("a " + head + " has no record " + reply.id());
    }
    if (!inclusion.proves(head, reply.id(), TlogHash.leaf(reply.recordBytes()))) {
      throw SumDbException.forged(
          "record " + reply.id() + " of a " + head + " is not what was answered for " + module);
    }
    RecordLines lines = RecordLines.of(reply.record(), module);
    return new SumDbProof(module, lines.zip(), lines.goMod(), reply, inclusion);
  }

  /// Checks everything again.
  ///
  /// @param key of the database, pinned
  /// @throws SumDbException naming the first link that does not hold
  public void verify(VerifierKey key) throws SumDbException {
    SumDbProof proven = prove(module, reply, inclusion, key);
    if (!proven.equals(this)) {
      throw SumDbException.forged(
          "proof of "
              + module
              + " says "
              + zip
              + " and "
              + goMod
              + " but its record says "
              + proven.zip
              + " and "
              + proven.goMod);
    }
  }

  /// The tree under which the record was proven.
  ///
  /// @throws SumDbException when the key has not signed it
  public SignedHead head(VerifierKey key) throws SumDbException {
    return SignedHead.open(reply.note(), key);
  }

  /// For storing: the module version, the hashes of the inclusion proof, an empty line, the reply.
  public String text() {
    var out = new StringBuilder().append(module).append('\n');
    inclusion.hashes().forEach(hash -> out.append(hash).append('\n'));
    return out.append('\n').append(reply.text()).toString();
  }

  /// Reads what [#text] wrote, and verifies it.
  ///
  /// @throws SumDbException when it is not of that form, or does not hold
  public static SumDbProof open(String text, VerifierKey key) throws SumDbException {
    int split = text.indexOf("\n\n");
    if (split < 0) {
      throw SumDbException.malformed("proof has no empty line behind its hashes");
    }
    List<String> lines = new ArrayList<>(text.substring(0, split).lines().toList());
    ModuleVersion module;
    RecordProof inclusion;
    try {
      module = ModuleVersion.parse(lines.isEmpty() ? "" : lines.removeFirst());
      inclusion = new RecordProof(lines.stream().map(TlogHash::parse).toList());
    } catch (IllegalArgumentException e) {
      throw SumDbException.malformed("proof is broken: " + e.getMessage());
    }
    byte[] reply = text.substring(split + 2).getBytes(StandardCharsets.UTF_8);
    return prove(module, LookupReply.parse(reply), inclusion, key);
  }
}
