package dev.modgate.gomod.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.heap.SmallJvm;
import dev.modgate.gomod.module.ModuleVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The largest graph that is walked, where there is little memory.
final class GraphHeapTest {
  private static final int NODES = 49_000;
  private static final int MEBIBYTES = 128;

  @Test
  void fiftyThousandNodesNeedLittleMemory() throws Exception {
    assertThat(SmallJvm.run(MEBIBYTES, Large.class)).isEqualTo("edges 294002 list 49001\nexit 0");
  }

  /// Each requires the next ones, so that the graph is as deep as it is large.
  static final class Large {
    private Large() {}

    public static void main(String[] args) {
      Map<ModuleVersion, Known> known = new HashMap<>();
      for (int i = 0; i < NODES; i++) {
        List<Node> requires =
            IntStream.rangeClosed(i + 1, i + 6).mapToObj(n -> node(n % NODES)).toList();
        known.put(
            node(i).moduleVersion().orElseThrow(),
            new Known.Read(new Requirements(Optional.empty(), Optional.empty(), requires)));
      }
      Outcome outcome =
          GraphWalk.walk(
              GraphRoots.of(Modules.main("go 1.16\nrequire large.test/m0 v1.0.0\n")),
              GraphDepth.BUILD,
              GraphLimits.DEFAULT,
              m -> known.getOrDefault(m, new Known.Unread()));
      if (outcome instanceof Outcome.Complete(var graph)) {
        System.out.println("edges " + graph.edges().count() + " list " + graph.buildList().size());
      } else {
        System.out.println(outcome);
      }
    }

    private static Node node(int number) {
      return new Node("large.test/m" + number, "v1.0.0");
    }
  }
}
