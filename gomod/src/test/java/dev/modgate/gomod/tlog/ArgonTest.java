package dev.modgate.gomod.tlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Our proofs are those of Certificate Transparency: these come from one of its logs.
class ArgonTest {
  @Test
  void acceptsTheProofOfARecord() throws Exception {
    byte[] record = Base64.getDecoder().decode(text("record-10000.base64.txt").strip());
    var proof = new RecordProof(hashes("record-proof.txt"));
    TreeHead head = TreeHead.parse(text("head.txt"));

    assertThat(proof.proves(head, 10_000, TlogHash.leaf(record))).isTrue();
    assertThat(proof.proves(head, 10_001, TlogHash.leaf(record))).isFalse();
  }

  @Test
  void acceptsTheProofOfAnOlderTree() throws Exception {
    var proof = new TreeProof(hashes("tree-proof.txt"));
    TreeHead head = TreeHead.parse(text("head.txt"));
    TreeHead older = TreeHead.parse(text("older-head.txt"));

    assertThat(proof.proves(head, older)).isTrue();
    assertThat(proof.proves(head, new TreeHead(older.size() + 1, older.hash()))).isFalse();
  }

  private static List<TlogHash> hashes(String file) throws IOException {
    return text(file).lines().map(TlogHash::parse).toList();
  }

  private static String text(String file) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ArgonTest.class.getResourceAsStream("argon2020/" + file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
