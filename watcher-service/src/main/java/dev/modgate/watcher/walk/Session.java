package dev.modgate.watcher.walk;

import dev.modgate.gomod.graph.GraphDepth;
import dev.modgate.gomod.graph.GraphLimits;
import dev.modgate.gomod.graph.GraphRoots;
import dev.modgate.gomod.graph.GraphWalk;
import dev.modgate.gomod.graph.Known;
import dev.modgate.gomod.graph.Node;
import dev.modgate.gomod.graph.Outcome;
import dev.modgate.gomod.graph.Requirements;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.GoModFacts;
import dev.modgate.watcher.plan.PrivateModules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What one walk knows by now, in memory. It can be lost: all of it is read again then.
final class Session {
  private static final Known UNREAD = new Known.Unread();
  private static final Known NOTHING =
      new Known.Read(new Requirements(Optional.empty(), Optional.empty(), List.of()));
  private static final Known TOO_MANY =
      new Known.Unreadable("its go.mod requires more than an event carries");

  private final List<GraphRoots> roots;
  private final PrivateModules privateModules;
  private final GraphLimits limits;
  private final Map<ModuleVersion, Known> known = new HashMap<>();
  private final Map<Node, Node> nodes = new HashMap<>(); // each once
  private final Map<ModuleVersion, Known> givenUp = new HashMap<>();
  private final SortedSet<ModuleVersion> hidden = new TreeSet<>(Walker.ORDER);

  Session(List<GraphRoots> roots, PrivateModules privateModules, GraphLimits limits) {
    this.roots = List.copyOf(roots);
    this.privateModules = privateModules;
    this.limits = limits;
  }

  /// One for each module graph.
  List<Outcome> walk() {
    var outcomes = new ArrayList<Outcome>();
    long edges = 0;
    for (GraphRoots root : roots) {
      Outcome outcome = GraphWalk.walk(root, GraphDepth.TIDY, limits, this::look);
      edges += outcome instanceof Outcome.Complete(var graph) ? graph.edges().count() : 0;
      if (edges > limits.edges()) {
        return List.of(
            new Outcome.TooLarge(
                "the module graphs of the project have together more than "
                    + limits.edges()
                    + " requirements"));
      }
      outcomes.add(outcome);
    }
    return outcomes;
  }

  /// What they say together, without what is private.
  Graphs.Whole whole(List<Outcome> outcomes) {
    return Graphs.whole(outcomes, hidden, privateModules);
  }

  private Known look(ModuleVersion module) {
    if (privateModules.patterns().matches(module.path())) {
      hidden.add(module);
      return NOTHING;
    }
    Known before = known.get(module);
    return before == null ? givenUp.getOrDefault(module, UNREAD) : before;
  }

  /// What could not be had by now may be asked for again meanwhile.
  void hopeAgain() {
    givenUp.clear();
  }

  void learn(ModuleVersion module, GoModFacts facts) {
    known.put(
        module,
        facts.require() == null
            ? TOO_MANY
            : new Known.Read(
                new Requirements(
                    Optional.ofNullable(facts.module()),
                    Optional.ofNullable(facts.go()),
                    facts.require().stream().map(this::node).toList())));
  }

  /// @param sentence why; null where nobody said
  void giveUp(ModuleVersion module, @Nullable String sentence) {
    givenUp.put(
        module, new Known.Unreadable(sentence == null ? "its go.mod can't be had" : sentence));
  }

  private Node node(String text) {
    int at = text.lastIndexOf('@');
    var node = new Node(text.substring(0, at), Requirements.canonical(text.substring(at + 1)));
    Node before = nodes.putIfAbsent(node, node);
    return before == null ? node : before;
  }
}
