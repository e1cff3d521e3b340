package dev.modgate.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class NotifyReportTest {
  @Test
  void namesWhatWaitsAndWhatWentWrong() {
    assertThat(
            list(
                """
                {"channels": [
                  {"name": "ops", "kind": "slack", "state": "ok", "waiting": 0, "sent": 12, "givenUp": 0,
                   "lastError": "of yesterday"},
                  {"name": "pay", "kind": "dingtalk", "state": "failing", "waiting": 3, "sent": 0,
                   "givenUp": 1, "lastError": "oapi.dingtalk.com answered errcode 310000\\u001b[2J",
                   "nextTry": "2026-01-01T00:05:00Z"}]}
                """))
        .isEqualTo(
            """
            CHANNEL              KIND      STATE     WAITING     SENT  GIVEN UP
            ops                  slack     ok              0       12         0
            pay                  dingtalk  failing         3        0         1
              oapi.dingtalk.com answered errcode 310000\\u001b[2J
              next try 2026-01-01T00:05:00Z
            """);
  }

  @Test
  void saysWhereChannelsAreDeclared() {
    assertThat(list("{\"channels\": []}"))
        .isEqualTo("nobody is told; declare channels at modgate.watcher.notifications.channels\n");
  }

  private static String list(String json) {
    var out = new ByteArrayOutputStream();
    new NotifyReport(new PrintStream(out, true, UTF_8)).list(JsonMapper.shared().readTree(json));
    return out.toString(UTF_8);
  }
}
