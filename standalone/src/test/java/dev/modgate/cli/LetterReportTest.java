package dev.modgate.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class LetterReportTest {
  private static final String LETTER =
      """
      {"id": 17, "diedAt": "2026-01-01T00:00:00Z", "stage": "fetch", "group": "modgate.fetcher",
       "cause": "boom \\u001b[2J", "causeKey": "1f2e3d4c5b6a", "key": "example.com/\\u202ea",
       "origin": {"topic": "modgate.module-requested", "partition": 3, "offset": 5}, "valueSize": 9000,
       "state": "letter", "sentence": "gone\\u0007", "retryOf": 12, "retries": 1,
       "content": {"stack": "boom\\u001b[2J\\n\\tat x", "value": "{\\u0000\\n\\u009b"}}
      """;

  private static String printed(String json, Print report) {
    var bytes = new ByteArrayOutputStream();
    report.accept(
        new LetterReport(new PrintStream(bytes, true, UTF_8)), JsonMapper.shared().readTree(json));
    return bytes.toString(UTF_8);
  }

  private interface Print {
    void accept(LetterReport report, JsonNode json);
  }

  @Test
  void causesAreListedWithHowManyWait() {
    String text =
        printed(
            """
            [{"key": "1f2e3d4c5b6a", "stage": "fetch", "form": "boom _", "open": 500, "retried": 0,
              "discarded": 1, "firstSeen": "2026-01-01T00:00:00Z", "lastSeen": "2026-01-02T00:00:00Z"}]
            """,
            LetterReport::causes);

    assertThat(text.lines())
        .startsWith(
            "CAUSE         STAGE  LETTERS  LAST SEEN             WHAT",
            "1f2e3d4c5b6a  fetch  500      2026-01-02T00:00:00Z  boom _");
  }

  @Test
  void whatOthersWroteDoesNotSteerTheTerminal() {
    String one = printed(LETTER, LetterReport::letter);
    String list = printed("{\"letters\": [" + LETTER + "]}", LetterReport::letters);

    assertThat(one)
        .contains("cause    boom \\u001b[2J", "record   modgate.module-requested-3@5, 9.0 kB")
        .contains("  {\\u0000\\u000a\\u009b", "  boom\\u001b[2J\n  \\u0009at x");
    assertThat(list).contains("example.com/\\u202ea");
    assertThat((one + list).chars().filter(c -> c != '\n'))
        .noneMatch(c -> Character.isISOControl(c) || c == '\u202e');
  }

  @Test
  void namesEachLetterThatStaysOne() {
    String text =
        printed(
            """
            {"changed": [1, 2], "stays": [{"id": 3, "sentence": "gone"}], "untouched": [9]}
            """,
            (report, sum) -> report.change(sum, "retried"));

    assertThat(text)
        .isEqualTo(
            """
            2 dead letters retried
            STAYS  3: gone
            NOT    9: there is no such letter, or it was retried or discarded before
            """);
  }
}
