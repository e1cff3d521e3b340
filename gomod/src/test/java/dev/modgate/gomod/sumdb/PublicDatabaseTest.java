package dev.modgate.gomod.sumdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.note.VerifierKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What sum.golang.org has really answered.
class PublicDatabaseTest {
  private static final VerifierKey KEY = ((GoSumDb.Database) GoSumDb.parse(GoSumDb.DEFAULT)).key();

  private static final ModuleVersion SAMPLER = ModuleVersion.parse("rsc.io/sampler@v1.3.0");
  private static final ModuleVersion QUOTE = ModuleVersion.parse("rsc.io/quote@v1.5.2");
  private static final ModuleVersion TOML =
      ModuleVersion.parse("github.com/BurntSushi/toml@v1.4.0");

  @Test
  void provesWhatThePublicDatabaseSigned() throws Exception {
    var kept = new Kept("");
    var database = new SumDatabase(KEY, kept);

    SumDbProof toml = proven(database.lookup(TOML));
    SumDbProof quote = proven(database.lookup(QUOTE)); // its head is older

    assertThat(toml.zip()).hasToString("h1:kuoIxZQy2WRRk1pttg9asf+WVv6tWQuBNVmK8+nqPr0=");
    assertThat(toml.goMod()).hasToString("h1:ukJfTF/6rtPPRCnwkur4qwRxa8vTRFBF0uk2lLoLwho=");
    assertThat(quote.reply().id()).isEqualTo(942);
    assertThat(quote.head(KEY)).isEqualTo(toml.head(KEY));
    assertThat(quote.head(KEY).head().size()).isEqualTo(66_327_379);
    assertThat(kept.head).isEqualTo(quote.reply().note());
  }

  @Test
  void asksForNoTileTwice() throws Exception {
    var kept = new Kept("");
    var database = new SumDatabase(KEY, kept);
    proven(database.lookup(SAMPLER));
    assertThat(kept.asked).hasSize(1 + 4 + 3).doesNotHaveDuplicates();

    kept.asked.clear();
    proven(database.lookup(SAMPLER));

    assertThat(kept.asked).containsExactly("lookup/rsc.io/sampler@v1.3.0");
  }

  @Test
  void refusesItWithAnyFileChanged() throws Exception {
    var honest = new Kept("");
    proven(new SumDatabase(KEY, honest).lookup(TOML));
    for (String file : honest.asked) {
      var outcome = new SumDatabase(KEY, new Kept(file)).lookup(TOML);

      assertThat(outcome).as(file).isInstanceOf(LookupOutcome.Misbehaving.class);
    }
  }

  @Test
  void checksAStoredProofWithTheKeyAlone() throws Exception {
    SumDbProof proof = proven(new SumDatabase(KEY, new Kept("")).lookup(TOML));
    String stored = proof.text();

    proof.verify(KEY);
    assertThat(SumDbProof.open(stored, KEY)).isEqualTo(proof);
    for (int i = 0; i < stored.length(); i++) {
      String changed =
          stored.substring(0, i) + (char) (stored.charAt(i) ^ 1) + stored.substring(i + 1);
      assertThatExceptionOfType(SumDbException.class)
          .as(changed)
          .isThrownBy(() -> SumDbProof.open(changed, KEY));
    }
  }

  @Test
  void refusesAProofWhoseHashesAreNotThoseOfItsRecord() throws Exception {
    SumDbProof proof = proven(new SumDatabase(KEY, new Kept("")).lookup(TOML));
    var swapped =
        new SumDbProof(
            proof.module(),
            /* zip= */ proof.goMod(),
            /* goMod= */ proof.zip(),
            proof.reply(),
            proof.inclusion());

    assertThatExceptionOfType(SumDbException.class)
        .isThrownBy(() -> swapped.verify(KEY))
        .withMessageStartingWith("proof of github.com/BurntSushi/toml@v1.4.0 says h1:ukJ");
  }

  private static SumDbProof proven(LookupOutcome outcome) {
    assertThat(outcome).isInstanceOf(LookupOutcome.Proven.class);
    return ((LookupOutcome.Proven) outcome).proof();
  }

  /// Serves the answers that were kept, one of them with a bit flipped.
  private static final class Kept implements SumDbOps {
    private final String changed;
    private final List<String> asked = new ArrayList<>();
    private final Map<String, byte[]> cache = new HashMap<>();
    private @Nullable String head;

    Kept(String changed) {
      this.changed = changed;
    }

    @Override
    public synchronized Answer readRemote(String path) throws IOException {
      asked.add(path);
      try (InputStream in =
          PublicDatabaseTest.class.getResourceAsStream("sum.golang.org/" + path)) {
        if (in == null) {
          return new Answer.Absent("not found");
        }
        byte[] bytes = in.readAllBytes();
        if (path.equals(changed)) {
          bytes[40] ^= 1;
        }
        return new Answer.Found(new ByteArrayInputStream(bytes));
      }
    }

    @Override
    public Optional<String> readHead() {
      return Optional.ofNullable(head);
    }

    @Override
    public boolean replaceHead(@Nullable String expected, String next) {
      head = next;
      return true;
    }

    @Override
    public synchronized Optional<byte[]> readCache(String path) {
      return Optional.ofNullable(cache.get(path));
    }

    @Override
    public synchronized void writeCache(String path, byte[] bytes) {
      cache.put(path, bytes);
    }
  }
}
