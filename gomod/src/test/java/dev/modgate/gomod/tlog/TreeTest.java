package dev.modgate.gomod.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Proofs of trees of every size up to 300, and of some that are too large to be held.
class TreeTest {
  private static final int SIZES = 300;

  private static final MemoryLog LOG = log(SIZES);
  private static final List<TreeHead> HEADS =
      IntStream.rangeClosed(0, SIZES).mapToObj(LOG::head).toList();

  private static MemoryLog log(int size) {
    var log = new MemoryLog();
    for (int i = 0; i < size; i++) {
      log.append(record(i));
    }
    return log;
  }

  private static byte[] record(long i) {
    return ("leaf " + i).getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void hashesEveryTreeAsRfc6962DefinesIt() {
    assertThat(HEADS.get(0).hash()).hasToString("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    for (int size = 1; size <= SIZES; size++) {
      assertThat(HEADS.get(size).hash()).as("size %d", size).isEqualTo(byDefinition(0, size));
    }
  }

  /// RFC 6962, section 2.1, word for word.
  private static TlogHash byDefinition(int from, int to) {
    if (to - from == 1) {
      return TlogHash.leaf(record(from));
    }
    int k = 1;
    while (2 * k < to - from) {
      k *= 2;
    }
    return TlogHash.node(byDefinition(from, from + k), byDefinition(from + k, to));
  }

  @Test
  void provesEveryRecordOfEveryTree() throws Exception {
    for (int size = 1; size <= SIZES; size++) {
      TreeHead head = HEADS.get(size);
      for (int record = 0; record < size; record++) {
        RecordProof proof = RecordProof.make(size, record, LOG);

        assertThat(proof.proves(head, record, TlogHash.leaf(record(record))))
            .as("record %d of %d", record, size)
            .isTrue();
      }
    }
  }

  @Test
  void acceptsNoProofOfARecordWithAnythingChanged() throws Exception {
    for (int size = 1; size <= 40; size++) {
      TreeHead head = HEADS.get(size);
      for (int record = 0; record < size; record++) {
        RecordProof proof = RecordProof.make(size, record, LOG);
        TlogHash leaf = TlogHash.leaf(record(record));

        assertThat(proof.proves(head, record, TlogHash.leaf(record(record + 1)))).isFalse();
        assertThat(proof.proves(new TreeHead(size, flip(head.hash())), record, leaf)).isFalse();
        for (int other = -1; other <= size; other++) {
          assertThat(proof.proves(head, other, leaf)).isEqualTo(other == record);
        }
        for (List<TlogHash> wrong : changed(proof.hashes())) {
          assertThat(new RecordProof(wrong).proves(head, record, leaf)).isFalse();
        }
      }
    }
  }

  @Test
  void provesEveryTreeToBeTheBeginningOfEveryLargerOne() throws Exception {
    for (int newer = 1; newer <= SIZES; newer++) {
      for (int older = 1; older <= newer; older++) {
        TreeProof proof = TreeProof.make(newer, older, LOG);

        assertThat(proof.proves(HEADS.get(newer), HEADS.get(older)))
            .as("%d in %d", older, newer)
            .isTrue();
      }
    }
  }

  @Test
  void acceptsNoProofOfATreeWithAnythingChanged() throws Exception {
    for (int size = 1; size <= 40; size++) {
      TreeHead newer = HEADS.get(size);
      for (int prefix = 1; prefix <= size; prefix++) {
        TreeHead older = HEADS.get(prefix);
        TreeProof proof = TreeProof.make(size, prefix, LOG);

        assertThat(proof.proves(newer, new TreeHead(prefix, flip(older.hash())))).isFalse();
        assertThat(proof.proves(new TreeHead(size, flip(newer.hash())), older)).isFalse();
        for (int other = 0; other <= size + 1; other++) {
          assertThat(proof.proves(newer, new TreeHead(other, older.hash())))
              .isEqualTo(other == prefix);
        }
        for (List<TlogHash> wrong : changed(proof.hashes())) {
          assertThat(new TreeProof(wrong).proves(newer, older)).isFalse();
        }
      }
    }
  }

  @Test
  void provesNothingAboutOtherHistories() throws Exception {
    MemoryLog other = log(20);
    other.append("another leaf".getBytes(StandardCharsets.UTF_8));
    for (int size = 21; size <= 60; size++) {
      TreeProof proof = TreeProof.make(size, 21, LOG);

      assertThat(proof.proves(HEADS.get(size), other.head(21))).isFalse();
      assertThat(proof.proves(HEADS.get(size), HEADS.get(21))).isTrue();
    }
  }

  /// With a bit flipped in one of them, one left out, one more.
  private static List<List<TlogHash>> changed(List<TlogHash> hashes) {
    var all = new ArrayList<List<TlogHash>>();
    for (int i = 0; i < hashes.size(); i++) {
      var flipped = new ArrayList<>(hashes);
      flipped.set(i, flip(hashes.get(i)));
      var shorter = new ArrayList<>(hashes);
      shorter.remove(i);
      all.add(flipped);
      all.add(shorter);
    }
    for (int i = 0; i <= hashes.size(); i++) {
      var longer = new ArrayList<>(hashes);
      longer.add(i, TlogHash.EMPTY_TREE);
      all.add(longer);
    }
    return all;
  }

  private static TlogHash flip(TlogHash hash) {
    return new TlogHash(hash.a(), hash.b() ^ 1L << 17, hash.c(), hash.d());
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 32, (1L << 40) + 1, 123_456_789_012_345L, (1L << 62) - 1, 1L << 62})
  void provesRecordsAndTreesOfAnySize(long size) throws Exception {
    // all records alike: then all nodes of a level are, and any tree can be read
    var levels = new ArrayList<>(List.of(TlogHash.leaf(record(0))));
    for (int i = 0; i < 62; i++) {
      levels.add(TlogHash.node(levels.getLast(), levels.getLast()));
    }
    HashReader reader = nodes -> nodes.stream().map(n -> levels.get(n.level())).toList();
    TreeHead head = TreeHead.of(size, reader);
    var random = new Random(7);
    for (int i = 0; i < 200; i++) {
      long record = i < 3 ? size - 1 - i : random.nextLong(size);
      TreeHead older = TreeHead.of(record + 1, reader);

      RecordProof proof = RecordProof.make(size, record, reader);
      TreeProof prefix = TreeProof.make(size, record + 1, reader);

      assertThat(proof.proves(head, record, levels.getFirst())).isTrue();
      assertThat(proof.proves(head, record, TlogHash.EMPTY_TREE)).isFalse();
      assertThat(prefix.proves(head, older)).isTrue();
      assertThat(prefix.proves(head, new TreeHead(older.size(), flip(older.hash())))).isFalse();
    }
  }

  @Test
  void makesNoProofOfWhatCannotBe() {
    assertThatIllegalArgumentException().isThrownBy(() -> RecordProof.make(5, 5, LOG));
    assertThatIllegalArgumentException().isThrownBy(() -> RecordProof.make(5, -1, LOG));
    assertThatIllegalArgumentException().isThrownBy(() -> TreeProof.make(5, 6, LOG));
    assertThatIllegalArgumentException().isThrownBy(() -> TreeProof.make(5, 0, LOG));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TreeProof.make((1L << 62) + 1, 5, LOG))
        .withMessage("no tree has 4611686018427387905 records");
  }
}
