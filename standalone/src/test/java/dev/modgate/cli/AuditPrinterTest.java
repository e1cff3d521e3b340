package dev.modgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.audit.AuditReport;
import dev.modgate.audit.Step;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AuditPrinterTest {
  private static final AuditReport REPORT =
      new AuditReport(
          "example.com/m@v1.0.0",
          List.of(
              new Step(Step.Result.OK, ".zip", "has a", null),
              new Step(Step.Result.WRONG, ".zip", "\"/z\" has b\u001b[2J", "/z"),
              new Step(Step.Result.NOTE, ".mod", "is old", null)));

  @Test
  void eachStepIsALineAndTheTerminalIsNotSteered() {
    var bytes = new ByteArrayOutputStream();

    new AuditPrinter(new PrintStream(bytes, true, StandardCharsets.UTF_8))
        .print(REPORT, Path.of("zone"));

    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "example.com/m@v1.0.0 in zone",
            "  ok     .zip       has a",
            "  WRONG             \"/z\" has b\\u001b[2J",
            "  note   .mod       is old",
            "NOT VERIFIED: 1 of 3 steps is wrong");
  }

  @Test
  void programsLearnTheWrongFile() {
    var json = AuditPrinter.json(REPORT);

    assertThat(json.path("verified").asBoolean()).isFalse();
    assertThat(json.at("/steps/1/result").asString()).isEqualTo("wrong");
    assertThat(json.at("/steps/1/file").asString()).isEqualTo("/z");
    assertThat(json.at("/steps/0/file").isMissingNode()).isTrue();
  }
}
