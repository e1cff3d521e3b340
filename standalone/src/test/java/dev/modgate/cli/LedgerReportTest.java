package dev.modgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LedgerReportTest {
  private static final String USE =
      """
      {"module":"golang.org/x/text","version":"v0.14.0","want":"zip","inUse":true,
       "source":"pay","repository":"pay/api","owner":"支付团队","lines":3,
       "first":{"ref":"refs/heads/main","commit":"%s","at":"2026-01-02T03:04:05Z"},
       "last":{"ref":"refs/heads/main","commit":"%s","at":"2026-02-03T04:05:06Z"},
       "newestKnown":"v0.15.0","behind":true,
       "broughtIn":{"label":"alice\\u001b[2J","at":"2026-01-01T00:00:00Z"}}
      """
          .formatted("a".repeat(40), "b".repeat(40));

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private LedgerReport report(Optional<Integer> width) {
    return new LedgerReport(new PrintStream(bytes, true, StandardCharsets.UTF_8), width);
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  @Test
  void aUseIsOneLine() {
    report(Optional.empty()).uses(json("[" + USE + "]"));

    assertThat(printed().lines().toList())
        .containsExactly(
            "MODULE             VERSION  NEWEST   REPOSITORY   OWNER     FIRST       LAST        USE",
            "golang.org/x/text  v0.14.0  v0.15.0  pay:pay/api  支付团队  2026-01-02  2026-02-03  zip");
  }

  @Test
  void aLineFitsTheScreen() {
    report(Optional.of(80)).uses(json("[" + USE + "]"));

    assertThat(printed().lines()).hasSize(2).allMatch(line -> line.length() <= 80);
    assertThat(printed()).contains("…", "v0.15.0");
  }

  @Test
  void aUserSaysWhereAndWhoBroughtItIn() {
    report(Optional.empty()).users(json("[" + USE + "]"));

    assertThat(printed()).contains("main@bbbbbbbbbbbb +2", "alice\\u001b[2J");
  }

  @Test
  void driftNamesTheVersionsBelowTheModule() {
    report(Optional.empty())
        .drift(
            json(
                """
                [{"module":"golang.org/x/text","newestKnown":"v0.15.0","versions":[
                  {"version":"v0.14.0","behind":true,"repositories":6,"first":[
                    {"source":"a","repository":"a"},{"source":"b","repository":"b"},
                    {"source":"c","repository":"c"},{"source":"d","repository":"d"},
                    {"source":"e","repository":"e"}]}]}]
                """));

    assertThat(printed().lines().toList())
        .containsExactly(
            "golang.org/x/text  (newest known: v0.15.0)",
            "  VERSION  USED BY  REPOSITORIES",
            "  v0.14.0  6 users  a, b, c, d and 2 more");
  }
}
