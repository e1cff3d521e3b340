package dev.modgate.gomod.sumdb;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.gomod.tlog.RecordProof;
import dev.modgate.gomod.tlog.TlogException;
import dev.modgate.gomod.tlog.TreeHead;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;

/// A client of one checksum database. Used by many threads at once; several of them, in one process
/// or in many, may share what they remember.
public final class SumDatabase {
  private final VerifierKey key;
  private final SumDbOps ops;
  private final Tiles tiles;
  private final Heads heads;
  private final PinnedHead pinned;

  /// Proves each record under the newest head.
  ///
  /// @param key of the database: no other is believed
  public SumDatabase(VerifierKey key, SumDbOps ops) {
    this(key, ops, Duration.ZERO, InstantSource.system());
  }

  /// @param key of the database: no other is believed
  /// @param pin how long records are proven under one head, unless one is newer than that
  public SumDatabase(VerifierKey key, SumDbOps ops, Duration pin, InstantSource clock) {
    this.key = key;
    this.ops = ops;
    this.tiles = new Tiles(ops);
    this.heads = new Heads(ops, key, tiles);
    this.pinned = new PinnedHead(pin, clock);
  }

  /// Asks what the database has signed about a module version.
  ///
  /// @throws IOException when it can't be said now
  public LookupOutcome lookup(ModuleVersion module) throws IOException {
    String path = "lookup/" + module.path().escaped() + "@" + module.escapedVersion();
    try {
      return switch (ops.readRemote(path)) {
        case SumDbOps.Answer.Found(InputStream body) ->
            new LookupOutcome.Proven(prove(module, LookupReply.parse(bytes(body))));
        case SumDbOps.Answer.Absent(String text) -> absent(module, text);
      };
    } catch (SumDbException e) {
      return new LookupOutcome.Misbehaving(e.misbehaviour());
    }
  }

  private SumDbProof prove(ModuleVersion module, LookupReply reply)
      throws IOException, SumDbException {
    SignedHead remembered = heads.merge(SignedHead.open(reply.note(), key));
    SignedHead head = pinned.choose(remembered, reply.id());
    if (reply.id() >= head.size()) {
      throw SumDbException.forged("a " + head.head() + " has no record " + reply.id());
    }
    RecordProof inclusion;
    try {
      inclusion = RecordProof.make(head.size(), reply.id(), tiles.of(head.head()));
    } catch (TlogException e) {
      throw SumDbException.forged(e.sentence());
    }
    return SumDbProof.prove(module, reply.with(head.note()), inclusion, key);
  }

  /// The public database looks for versions that it does not know, and gives up on slow ones.
  private static LookupOutcome absent(ModuleVersion module, String text) throws IOException {
    if (text.contains("fetch timed out")) {
      throw new IOException(
          "checksum database could not look for " + module + ": " + Quoted.of(text.strip()));
    }
    return new LookupOutcome.Absent(text);
  }

  /// Asks for the newest tree head, and remembers it. Tells a database that went back from a cache
  /// with an old answer.
  ///
  /// @throws IOException when it can't be said now
  public HeadOutcome latest() throws IOException {
    try {
      SignedHead served =
          switch (ops.readRemote("latest")) {
            case SumDbOps.Answer.Found(InputStream body) -> SignedHead.open(note(bytes(body)), key);
            case SumDbOps.Answer.Absent(String text) ->
                throw new IOException(
                    "checksum database has no latest head: " + Quoted.of(text.strip()));
          };
      tiles.forget();
      SignedHead remembered = heads.merge(served);
      heads.requireMemory();
      heads.requireSuspectsFit(remembered);
      if (served.size() == remembered.size()) {
        return new HeadOutcome.Current(remembered);
      }
      requireStillThere(remembered, served);
      return new HeadOutcome.Behind(served, remembered);
    } catch (SumDbException e) {
      return new HeadOutcome.Misbehaving(e.misbehaviour());
    }
  }

  /// Takes a head into the history that others rest on, as of a database inside: it is remembered
  /// where it is newer, and the tiles that join it to the remembered one are kept.
  ///
  /// @throws SumDbException when the key has not signed it, or it is of another history
  /// @throws IOException when it can't be said now
  public void join(String note) throws IOException, SumDbException {
    var _ = heads.merge(SignedHead.open(note, key));
  }

  private static String note(byte[] latest) throws SumDbException {
    if (latest.length > LookupReply.MAX_BYTES) {
      throw SumDbException.malformed(
          "latest head is longer than " + LookupReply.MAX_BYTES + " bytes");
    }
    return new String(latest, StandardCharsets.UTF_8); // what is not UTF-8 is not signed either
  }

  private void requireStillThere(SignedHead remembered, SignedHead served)
      throws IOException, SumDbException {
    try {
      TreeHead.of(remembered.size(), tiles.fromDatabase(remembered.head()));
    } catch (AbsentTileException e) {
      throw new SumDbException(new Misbehaviour.Rollback(remembered, served, e.sentence()));
    } catch (TlogException e) {
      throw SumDbException.forged(e.sentence());
    }
  }

  /// At most a byte too many, which is enough to be refused for its length.
  private static byte[] bytes(InputStream body) throws IOException {
    try (body) {
      return body.readNBytes(LookupReply.MAX_BYTES + 1);
    }
  }
}
