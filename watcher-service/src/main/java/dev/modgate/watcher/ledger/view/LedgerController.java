package dev.modgate.watcher.ledger.view;

import dev.modgate.watcher.api.ListPage;
import dev.modgate.watcher.source.Source;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.filter.ShallowEtagHeaderFilter;

/// Who needs what.
@RestController
@RequestMapping("/api/v1/ledger")
final class LedgerController {
  private static final int MOST_LISTED = 1_000;
  private static final int MOST_DRIFT = 500;
  private static final String CSV = "text/csv";

  private final LedgerViews views;
  private final Drifts drifts;
  private final LedgerRepositories repositories;

  LedgerController(LedgerViews views, Drifts drifts, LedgerRepositories repositories) {
    this.views = views;
    this.drifts = drifts;
    this.repositories = repositories;
  }

  @GetMapping(produces = "application/json")
  LedgerViews.Page ledger(
      @RequestParam(required = false) @Nullable String source,
      @RequestParam(required = false) @Nullable String owner,
      @RequestParam(required = false) @Nullable String module,
      @RequestParam(required = false) @Nullable String label,
      @RequestParam(name = "in-use", defaultValue = "any") String inUse,
      @RequestParam(required = false) @Nullable String want,
      @RequestParam(defaultValue = "100") int limit,
      @RequestParam(required = false) @Nullable String after) {
    ListPage.check(limit, MOST_LISTED);
    LedgerFilter filter =
        labelled(label).source(source).owner(owner).module(module).inUse(inUse).want(want);
    return views.page(filter, after, limit);
  }

  /// All of it, streamed.
  @GetMapping(produces = CSV)
  void table(
      @RequestParam(required = false) @Nullable String source,
      @RequestParam(required = false) @Nullable String owner,
      @RequestParam(required = false) @Nullable String module,
      @RequestParam(required = false) @Nullable String label,
      @RequestParam(name = "in-use", defaultValue = "any") String inUse,
      @RequestParam(required = false) @Nullable String want,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Supplier<LedgerFilter> filter =
        () -> labelled(label).source(source).owner(owner).module(module).inUse(inUse).want(want);
    var _ = filter.get(); // a bad one is answered with a problem
    ShallowEtagHeaderFilter.disableContentCaching(request);
    response.setContentType(CSV);
    response.setCharacterEncoding(StandardCharsets.UTF_8);
    response.setHeader("Content-Disposition", "attachment; filename=\"ledger.csv\"");
    try (var out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8)) {
      var table = new LedgerTable(out);
      views.each(filter, use -> write(table, use));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /// The same for clients that can't ask by header.
  @GetMapping(params = "format=csv")
  void tableByName(
      @RequestParam(required = false) @Nullable String source,
      @RequestParam(required = false) @Nullable String owner,
      @RequestParam(required = false) @Nullable String module,
      @RequestParam(required = false) @Nullable String label,
      @RequestParam(name = "in-use", defaultValue = "any") String inUse,
      @RequestParam(required = false) @Nullable String want,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    table(source, owner, module, label, inUse, want, request, response);
  }

  private static void write(LedgerTable table, Use use) {
    try {
      table.add(use);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// @param module a path or `path@version`
  @GetMapping("/users")
  LedgerViews.Page users(
      @RequestParam String module,
      @RequestParam(name = "in-use", defaultValue = "true") String inUse,
      @RequestParam(defaultValue = "1000") int limit,
      @RequestParam(required = false) @Nullable String after) {
    ListPage.check(limit, MOST_LISTED);
    repositories.settle();
    return views.page(new LedgerFilter().module(module).inUse(inUse), after, limit);
  }

  @GetMapping("/drift")
  Drifts.Page drift(
      @RequestParam(required = false) @Nullable String owner,
      @RequestParam(defaultValue = "100") int limit,
      @RequestParam(required = false) @Nullable String after) {
    ListPage.check(limit, MOST_DRIFT);
    repositories.settle();
    return drifts.page(owner, after, limit);
  }

  /// @param label `KEY` or `KEY=VALUE`
  private LedgerFilter labelled(@Nullable String label) {
    Map<String, Source> declared = repositories.settle();
    return new LedgerFilter().sources(label == null ? null : names(declared, label));
  }

  private static List<String> names(Map<String, Source> declared, String label) {
    String[] parts = label.split("=", 2);
    return declared.values().stream()
        .filter(source -> {
          String value = source.about().labels().get(parts[0]);
          return value != null && (parts.length == 1 || parts[1].equals(value));
        })
        .map(Source::name)
        .sorted()
        .toList();
  }
}
