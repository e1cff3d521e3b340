package dev.modgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class UpstreamsReportTest {
  private static final String TWO =
      """
      {"upstreams":[
        {"name":"https://mirror-a.corp.example.com","instance":"h:1","health":"up","sentence":"",
         "numbers":{"breaker":"closed","availability":0.998,"medianMillis":41,"p95Millis":380,
           "bytesPerSecond":48100000,"files":1234,"absent":3,"failures":2,"lastError":"",
           "probe":{"at":"2026-01-01T12:00:00Z","answered":true,"millis":30,"compared":3,
             "behind":0,"sentence":""}}},
        {"name":"https://mirror-b.corp.example.com","instance":"h:1","health":"down","sentence":"",
         "numbers":{"breaker":"open","availability":0.2,"files":0,"absent":0,"failures":9,
           "lastError":"no connection","lastErrorAt":"2026-01-01T12:00:00Z",
           "probe":{"at":"2026-01-01T12:01:00Z","answered":true,"millis":30,"compared":3,
             "behind":1,"sentence":"example.com/m: its latest is v1.0.0, another has v1.1.0"}}},
        {"name":"direct","instance":"h:1","health":"degraded","sentence":"is left out: why"}]}
      """;

  @Test
  void eachHasALineOfAtMost80Columns() {
    List<String> lines = print(TWO).lines().toList();

    assertThat(lines.subList(0, 4)).allMatch(line -> line.length() <= 80);
    assertThat(lines.get(0)).matches("UPSTREAM +BREAKER +AVAIL +P50 +P95 +SPEED +FILES +FRESH");
    assertThat(lines.get(1)).matches("https://.*closed .*99.8.*41 ms.*380 ms .*1234 +yes");
    assertThat(lines.get(3)).matches("direct +left out( +-)+");
  }

  @Test
  void whatIsWrongStandsBelow() {
    assertThat(print(TWO).lines())
        .containsSubsequence(
            "https://mirror-b.corp.example.com: last error, 2026-01-01T12:00:00Z:",
            "  no connection",
            "https://mirror-b.corp.example.com: probed 2026-01-01T12:01:00Z:",
            "  example.com/m: its latest is v1.0.0, another has v1.1.0",
            "direct is left out: why");
  }

  @Test
  void fetchersAreToldApartWhereThereAreSeveral() {
    String text =
        print(
            """
            {"upstreams":[{"name":"https://a","instance":"x:1"},{"name":"https://a","instance":"y:2"}]}
            """);

    assertThat(text).contains("https://a (x:1)", "https://a (y:2)");
  }

  @Test
  void saysWhereThereIsNoFetcher() {
    assertThat(print("{\"upstreams\":[]}"))
        .isEqualToIgnoringNewLines("no fetcher said anything within the last minute");
  }

  private static String print(String json) {
    var bytes = new ByteArrayOutputStream();
    new UpstreamsReport(new PrintStream(bytes, true, StandardCharsets.UTF_8), Optional.of(80))
        .print(JsonMapper.shared().readTree(json));
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
