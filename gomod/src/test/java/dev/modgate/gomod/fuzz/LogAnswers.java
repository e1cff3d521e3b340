package dev.modgate.gomod.fuzz;

import static dev.modgate.gomod.fuzz.Answer.orRefusal;
import static dev.modgate.gomod.fuzz.Answer.same;

import dev.modgate.gomod.note.NoteException;
import dev.modgate.gomod.note.SignedNote;
import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.gomod.tlog.RecordProof;
import dev.modgate.gomod.tlog.Tile;
import dev.modgate.gomod.tlog.TileHashes;
import dev.modgate.gomod.tlog.TileTree;
import dev.modgate.gomod.tlog.TlogException;
import dev.modgate.gomod.tlog.TlogHash;
import dev.modgate.gomod.tlog.TreeHead;
import dev.modgate.gomod.tlog.TreeNode;
import dev.modgate.gomod.tlog.TreeProof;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Stream;

/// Of signed notes and of logs. Whatever the input, nothing is believed but what was signed.
final class LogAnswers {
  private static final Set<String> SIGNED =
      Set.of(
          TestLog.HEAD.text(),
          """
          If you think cryptography is the answer to your problem,
          then you don't know what your problem is.
          """);

  private LogAnswers() {}

  static String note(byte[] input) throws Exception {
    return orRefusal(
        NoteException.class,
        () -> {
          SignedNote note = SignedNote.open(input, List.of(TestLog.KEY));
          same(SIGNED.contains(note.text()), true);
          return same(SignedNote.open(note.toString(), List.of(TestLog.KEY)), note).toString();
        });
  }

  static String verifierKey(byte[] input) throws Exception {
    return orRefusal(
        IllegalArgumentException.class,
        () -> {
          VerifierKey key = VerifierKey.parse(ModuleAnswers.text(input));
          return same(VerifierKey.parse(key.toString()), key).toString();
        });
  }

  static String treeHead(byte[] input) throws Exception {
    String text = ModuleAnswers.text(input);
    return orRefusal(
        IllegalArgumentException.class,
        () -> {
          TreeHead head = TreeHead.parse(text);
          same(text.startsWith(head.text()), true);
          return same(TreeHead.parse(head.text()), head).toString();
        });
  }

  static String tilePath(byte[] input) throws Exception {
    String text = ModuleAnswers.text(input);
    return orRefusal(
        IllegalArgumentException.class,
        () -> {
          Tile tile = Tile.parse(text);
          same(Tile.parse(tile.full().path()), tile.full());
          return same(tile.path(), text);
        });
  }

  /// All tiles that prove one record, one behind the other.
  static String tiles(byte[] input) throws Exception {
    var reader = new TileHashes(TestLog.HEAD, TestLog.TILE_HEIGHT, tiles -> split(input, tiles));
    return orRefusal(
        TlogException.class,
        () -> {
          var leaf = List.of(new TreeNode(0, TestLog.RECORD));
          return same(reader.read(leaf), TestLog.LOG.read(leaf)).toString();
        });
  }

  private static Map<Tile, byte[]> split(byte[] input, SequencedSet<Tile> tiles) {
    var data = new HashMap<Tile, byte[]>();
    int at = 0;
    for (Tile tile : tiles) {
      int end =
          Math.min(input.length, tile.equals(tiles.getLast()) ? input.length : at + tile.bytes());
      data.put(tile, Arrays.copyOfRange(input, Math.min(at, end), end));
      at = end;
    }
    return data;
  }

  /// Hashes, one a line: no others but the right ones prove anything.
  static String logProofs(byte[] input) throws Exception {
    return orRefusal(
        IllegalArgumentException.class,
        () -> {
          List<TlogHash> hashes = ModuleAnswers.text(input).lines().map(TlogHash::parse).toList();
          boolean record =
              new RecordProof(hashes).proves(TestLog.HEAD, TestLog.RECORD, TestLog.leaf());
          boolean tree = new TreeProof(hashes).proves(TestLog.HEAD, TestLog.OLDER_HEAD);
          same(record, hashes.equals(recordProof()));
          same(tree, hashes.equals(treeProof()));
          return record + " " + tree;
        });
  }

  static List<TlogHash> recordProof() throws IOException, TlogException {
    return RecordProof.make(TestLog.HEAD.size(), TestLog.RECORD, TestLog.LOG).hashes();
  }

  static List<TlogHash> treeProof() throws IOException, TlogException {
    return TreeProof.make(TestLog.HEAD.size(), TestLog.OLDER_HEAD.size(), TestLog.LOG).hashes();
  }

  static Stream<Tile> tiles() {
    return new TileTree(TestLog.TILE_HEIGHT, TestLog.HEAD.size()).ofRecord(TestLog.RECORD).stream();
  }
}
