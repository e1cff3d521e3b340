package dev.modgate.watcher.letter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CauseFormTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "boom after 17 ms                             | boom after 18 ms",
        "x: example.com/a@v1.0.0 has no go.mod        | x: example.com/b@v0.3.1-rc.1 has no go.mod",
        "record is no ModuleFetched: \"a \\\"b\\\" c\" | record is no ModuleFetched: \"d\"",
        "record is no ModuleFetched: \"cut off he     | record is no ModuleFetched: \"cut off \\",
        "blob 0f3c2b1a99 is gone                      | blob a94a8fe5cc is gone",
        "java.lang.X: index 5 of 4                    | java.lang.X: index 1001 of 1000",
      })
  void causesThatDifferInTheirItemsAloneAreOne(String one, String other) {
    assertThat(CauseForm.of("fetch", one)).isEqualTo(CauseForm.of("fetch", other));
  }

  @Test
  void otherWordsAndOtherStagesAreOtherCauses() {
    CauseForm form = CauseForm.of("fetch", "java.lang.IllegalStateException: deadbeat");

    assertThat(form.text()).isEqualTo("java.lang.IllegalStateException: deadbeat");
    assertThat(form.key()).matches("[0-9a-f]{12}");
    assertThat(CauseForm.of("verify", "java.lang.IllegalStateException: deadbeat").key())
        .isNotEqualTo(form.key());
    assertThat(CauseForm.of("fetch", "java.lang.IllegalStateException: deadbeaten").key())
        .isNotEqualTo(form.key());
  }

  @Test
  void onlyTheFirstLineOfAnEndlessCauseCounts() {
    assertThat(CauseForm.of("fetch", "a\nb").text()).isEqualTo("a");
    assertThat(CauseForm.of("fetch", "\"".repeat(1_001)).text()).hasSizeLessThan(2_000);
    assertThat(CauseForm.of("fetch", "x ".repeat(600)).text()).hasSize(300).endsWith("…");
    assertThat(CauseForm.of("fetch", "").text()).isEmpty();
  }
}
