package dev.modgate.check;

import dev.modgate.gomod.dirhash.GoModHash;
import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.graph.GraphDepth;
import dev.modgate.gomod.graph.GraphLimits;
import dev.modgate.gomod.graph.GraphRoots;
import dev.modgate.gomod.graph.GraphWalk;
import dev.modgate.gomod.graph.Known;
import dev.modgate.gomod.graph.ModuleGraph;
import dev.modgate.gomod.graph.Outcome;
import dev.modgate.gomod.graph.Requirements;
import dev.modgate.gomod.modfile.GoMod;
import dev.modgate.gomod.modfile.GoModException;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.proxy.ProxyPath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// One check against one gateway.
public final class GatewayCheck {
  private static final int MOST_GO_MOD_BYTES = GoMod.MAX_BYTES;
  private static final Known UNREAD = new Known.Unread();

  private final Gateway gateway;
  private final Map<ModuleVersion, Item> items = new LinkedHashMap<>();
  private final Map<ModuleVersion, Known> goMods = new HashMap<>();
  private final Set<ModuleVersion> absent = ConcurrentHashMap.newKeySet();
  private final List<Finding> findings = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  public GatewayCheck(Gateway gateway) {
    this.gateway = gateway;
  }

  /// What is to be inside; asked for by [#report].
  public GatewayCheck need(Collection<Item> more) {
    more.forEach(item -> items.merge(item.module(), item, Item::and));
    return this;
  }

  /// Walks the module graph by the go.mods that are inside; what the build list means to download
  /// is needed then too.
  ///
  /// @param label who is walked from, such as `go.mod`
  public GatewayCheck walk(GraphRoots roots, GraphDepth depth, String label)
      throws GatewayException {
    while (true) {
      switch (GraphWalk.walk(
          roots, depth, GraphLimits.DEFAULT, m -> goMods.getOrDefault(m, UNREAD))) {
        case Outcome.Needs needs -> {
          List<ModuleVersion> level = List.copyOf(needs.goMods());
          List<Known> read = Parallel.ask(level, this::read);
          for (int i = 0; i < level.size(); i++) {
            goMods.put(level.get(i), read.get(i));
          }
        }
        case Outcome.TooLarge(var sentence) -> throw new GatewayException(label + ": " + sentence);
        case Outcome.Complete(var graph) -> {
          take(graph, label);
          return this;
        }
      }
    }
  }

  private void take(ModuleGraph graph, String label) {
    notes.addAll(graph.notes());
    for (ModuleGraph.Problem problem : graph.problems()) {
      String where = problem.requiredBy();
      Optional<ModuleVersion> module = problem.module().moduleVersion().filter(absent::contains);
      if (module.isPresent()) {
        needOf(module.get(), Need.MOD, where);
      } else {
        findings.add(
            new Finding(
                problem.module().toString(),
                Need.MOD,
                Finding.Kind.UNREADABLE,
                problem.sentence(),
                where));
      }
    }
    graph.loaded().forEach(m -> needOf(m, Need.MOD, label));
    graph.zips().forEach(m -> needOf(m, Need.ZIP, label));
  }

  private void needOf(ModuleVersion module, Need need, String label) {
    need(List.of(new Item(module, need, Optional.empty(), label)));
  }

  private Known read(ModuleVersion module) throws GatewayException {
    Gateway.Answer answer = gateway.get(ProxyPath.mod(module), MOST_GO_MOD_BYTES);
    if (!answer.isInside()) {
      absent.add(module);
      return new Known.Unreadable(answer.sentence());
    }
    try {
      return new Known.Read(Requirements.of(GoMod.parseLax(answer.body(), module + "/go.mod")));
    } catch (GoModException e) {
      return new Known.Unreadable(String.valueOf(e.getMessage()));
    }
  }

  /// Asks for all that is needed.
  public CheckReport report() throws GatewayException {
    Parallel.ask(items.values(), this::check).forEach(findings::addAll);
    return new CheckReport(items.size(), findings, notes);
  }

  /// @return at most one
  private List<Finding> check(Item item) throws GatewayException {
    ModuleVersion module = item.module();
    List<String> files = new ArrayList<>();
    if (item.need() == Need.ZIP) {
      files.add(ProxyPath.zip(module));
    }
    if (item.goMod().isEmpty()) {
      files.add(ProxyPath.mod(module));
    }
    files.add(ProxyPath.info(module));
    for (String file : files) {
      Gateway.Answer answer = gateway.head(file);
      if (!answer.isInside()) {
        return List.of(absent(item, answer));
      }
    }
    return item.goMod().isPresent() ? compare(item, item.goMod().get()) : List.of();
  }

  private List<Finding> compare(Item item, H1 wanted) throws GatewayException {
    Gateway.Answer answer = gateway.get(ProxyPath.mod(item.module()), MOST_GO_MOD_BYTES);
    if (!answer.isInside()) {
      return List.of(absent(item, answer));
    }
    H1 inside = GoModHash.of(answer.body());
    return inside.equals(wanted)
        ? List.of()
        : List.of(
            finding(
                item,
                Finding.Kind.DIFFERENT,
                "the go.mod inside has the hash " + inside + ", but go.sum has " + wanted));
  }

  private static Finding absent(Item item, Gateway.Answer answer) {
    return finding(
        item, answer.isRefused() ? Finding.Kind.REFUSED : Finding.Kind.ABSENT, answer.sentence());
  }

  private static Finding finding(Item item, Finding.Kind kind, String sentence) {
    return new Finding(item.module().toString(), item.need(), kind, sentence, item.where());
  }
}
