package dev.modgate.watcher.ask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.watcher.api.BadRequestException;
import dev.modgate.watcher.plan.Plan;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/// Plans where there is little memory.
final class PlanHeapTest {

  @Test
  void theMostModulesThatAreTakenFitIntoASmallHeap() throws Exception {
    assertThat(run("100000")).isEqualTo("100000 planned");
  }

  @Test
  void manyMoreAreRefusedInASmallHeap() throws Exception {
    assertThat(run("150000"))
        .isEqualTo(
            "go.sum:200001: file names more than 100000 module versions, the most that are taken");
  }

  private static String run(String modules) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx160m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                modules)
            .redirectErrorStream(true)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  static final class Child {
    public static void main(String[] args) {
      var sum = new SyncRequest.TextFile("go.sum", goSum(Integer.parseInt(args[0])));
      try {
        Plan plan = PlanRequest.plan(new SyncRequest("test", sum, null, null, false, null));
        System.out.println(plan.items().size() + " planned");
      } catch (BadRequestException e) {
        System.out.println(e.getMessage());
      }
    }

    /// Apart, so that the builder is garbage when the plan is made, however the caller is compiled.
    private static String goSum(int modules) {
      var text = new StringBuilder();
      byte[] hash = new byte[32];
      for (int i = 0; i < modules; i++) {
        hash[i % 32]++;
        String h1 = " h1:" + Base64.getEncoder().encodeToString(hash) + "\n";
        String module = "github.com/example/module" + i + " v1.2." + i;
        text.append(module).append(h1).append(module).append("/go.mod").append(h1);
      }
      return text.toString();
    }
  }
}
