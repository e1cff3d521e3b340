package dev.modgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

final class WaitingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"group":"f","state":"running"} | ``
          ``                              | verify says nothing: no instance of it has been heard of lately
          {"group":"f","state":"failed"}  | verify has failed and begins anew
          {"group":"f","state":"stopped"} | verify is stopped
          {"group":"f","state":"paused","pauseReason":"no blob store"} | verify is paused: no blob store
          {"group":"f","state":"failed"},{"group":"f","state":"running"} | ``
          {"group":"f","state":"failed"},{"group":"g","state":"running"} | verify has failed and begins anew
          """)
  void aStageThatDoesNotWorkIsTheReason(String instances, String reason) {
    String status =
        "{\"stages\":[{\"stage\":\"fetch\",\"instances\":[{\"group\":\"f\",\"state\":\"running\"}]},"
            + "{\"stage\":\"verify\",\"instances\":["
            + instances
            + "]}]}";

    assertThat(Waiting.reason(JsonMapper.shared().readTree(status)).orElse("")).isEqualTo(reason);
  }

  @Test
  void theWatcherWaitsItself() {
    String status =
        "{\"pauses\":[{\"of\":\"watcher\",\"reason\":\"requests wait in the outbox\"},"
            + "{\"of\":\"fetch\",\"reason\":\"told by its instance\"}]}";

    assertThat(Waiting.reason(JsonMapper.shared().readTree(status)))
        .contains("requests wait in the outbox");
  }
}
