package dev.modgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class StatusReportTest {
  @Test
  void showsLagOfGroupsThatNobodyIsIn() {
    assertThat(
            print(
                """
                {"kafka":{"state":"up"},
                 "stages":[{"stage":"fetch","lag":7,"instances":[]}],
                 "groups":[{"group":"modgate.fetcher","lag":7},{"group":"modgate.watcher"}]}
                """))
        .contains("fetch     unknown        7")
        .contains("modgate.fetcher               7 waiting")
        .contains("modgate.watcher               ? waiting")
        .contains("kafka     up");
  }

  @Test
  void saysWhyKafkaIsDown() {
    assertThat(
            print(
                """
                {"kafka":{"state":"down","reason":"kafka at h:1 does not answer: timeout"}}
                """))
        .contains("kafka     down: kafka at h:1 does not answer: timeout");
  }

  @Test
  void aDependencyWithNothingToSayHasNoComma() {
    assertThat(
            print(
                    """
                    {"stages":[{"stage":"verify","instances":[{"state":"running","dependencies":[
                      {"name":"checksum database sum.example.com","health":"up","sentence":""},
                      {"name":"proxy.example.com","health":"down","sentence":"no answer"}]}]}]}
                    """)
                .lines())
        .contains(
            "  checksum database sum.example.com: up", "  proxy.example.com: down, no answer");
  }

  @Test
  void allThatWaitsStandsInOnePlaceAndWhatNobodyKnowsIsNotZero() {
    assertThat(
            print(
                    """
                    {"kafka":{"state":"up"},
                     "pauses":[
                      {"of":"watcher","reason":"the database does not answer: refused",
                       "since":"2026-01-02T03:04:05Z","nextTry":"2026-01-02T03:04:06Z"},
                      {"of":"fetch","instance":"host-1","reason":"a record is of a newer version",
                       "since":"2026-01-02T03:00:00Z"}],
                     "stages":[{"stage":"fetch","instances":[{"state":"paused"}]}]}
                    """)
                .lines())
        .containsSequence(
            "WAITING",
            "  watcher: the database does not answer: refused",
            "    since 2026-01-02T03:04:05Z, tries again at 2026-01-02T03:04:06Z",
            "  fetch: a record is of a newer version",
            "    since 2026-01-02T03:00:00Z, until somebody helps")
        .contains("requests  ? to send, ? wait for an answer", "modules   ?");
  }

  private static String print(String json) {
    var bytes = new ByteArrayOutputStream();
    new StatusReport(new PrintStream(bytes, true, StandardCharsets.UTF_8))
        .print(JsonMapper.shared().readTree(json));
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
