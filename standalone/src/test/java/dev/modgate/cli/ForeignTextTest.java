package dev.modgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// In the answers of these tests every text holds an escape sequence, a line end and a sign that
/// turns the direction of what follows.
final class ForeignTextTest {
  private static final String HARMLESS = "a\\u001b[2J\\u000a\\u009b\\u202eb";

  @Test
  void anAnswerToShowDoesNotSteerTheTerminal() throws IOException {
    JsonNode answer = answer("show-version");

    String text = printed(out -> new ShowReport(out).version(answer));

    assertThat(text).contains("checked  " + HARMLESS, HARMLESS + ":" + HARMLESS + " of sync");
    assertPrints(text);
    assertPrints(printed(out -> new ShowReport(out).module(answer)));
  }

  @Test
  void aStatusDoesNotSteerTheTerminal() throws IOException {
    JsonNode answer = answer("status");

    String text = printed(out -> new StatusReport(out).print(answer));

    assertThat(text)
        .contains(
            "  " + HARMLESS + ": " + HARMLESS,
            "since " + HARMLESS + ", tries again at " + HARMLESS);
    assertPrints(text);
  }

  @Test
  void aSyncDoesNotSteerTheTerminal() throws IOException {
    JsonNode answer = answer("sync");
    var project = new Project("hello", null, null, null, null, List.of());

    String text =
        printed(out -> new SyncReport(out, Optional.empty()).print(project, answer, false));

    assertThat(text).contains("note: " + HARMLESS, "  " + HARMLESS + System.lineSeparator());
    assertPrints(text);
  }

  @Test
  void jsonIsAsciiAndMeansTheSame() throws IOException {
    JsonNode answer = answer("sync");

    String text = Output.json(answer);

    assertThat(text.lines()).allMatch(line -> line.chars().allMatch(c -> c >= ' ' && c < 0x7f));
    assertThat(JsonMapper.shared().readTree(text)).isEqualTo(answer);
  }

  @Test
  void sentencesKeepTheirLines() {
    assertThat(Output.lines("go.sum:1: a\u001b[2J\r\ngo.sum:2: b").lines())
        .containsExactly("go.sum:1: a\\u001b[2J", "go.sum:2: b");
  }

  private static void assertPrints(String text) {
    assertThat(text.lines())
        .allMatch(line -> line.chars().noneMatch(c -> Character.isISOControl(c) || c == '\u202e'));
  }

  private static String printed(Consumer<PrintStream> report) {
    var bytes = new ByteArrayOutputStream();
    report.accept(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static JsonNode answer(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            ForeignTextTest.class.getResourceAsStream(name + "-with-escape-sequences.json"))) {
      return JsonMapper.shared().readTree(in.readAllBytes());
    }
  }
}
