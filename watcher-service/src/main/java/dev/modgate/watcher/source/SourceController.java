package dev.modgate.watcher.source;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.watcher.api.BadRequestException;
import dev.modgate.watcher.api.Cursor;
import dev.modgate.watcher.api.ListPage;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/sources")
final class SourceController {
  private static final int MOST_CHANGES = 100;
  private static final int MOST_PROBED = 3;

  private final DeclaredSources sources;
  private final List<SourceProbe> probes;

  SourceController(DeclaredSources sources, List<SourceProbe> probes) {
    this.sources = sources;
    this.probes = List.copyOf(probes);
  }

  @GetMapping
  ResponseEntity<List<SourceView>> all(
      @RequestParam(required = false) @Nullable String owner,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(defaultValue = "" + DeclaredSources.MOST) int limit,
      HttpServletRequest request) {
    ListPage.check(limit, DeclaredSources.MOST);
    String last = Cursor.read(after, 1).map(List::getFirst).orElse("");
    List<SourceView> found =
        sources.names().stream()
            .filter(name -> name.compareTo(last) > 0)
            .map(this::source)
            .filter(source ->
                owner == null
                    || owner.equals(Objects.requireNonNullElse(source.definition().owner(), "")))
            .limit(limit + 1L)
            .toList();
    return ListPage.of(found, limit, source -> Cursor.of(source.name())).answer(request);
  }

  @GetMapping("/{name}")
  SourceView source(@PathVariable String name) {
    SourceDeclaration declaration = sources.declaration(name).orElseThrow(() -> noSuch(name));
    String declared = sources.isOfSettings(name) ? "settings" : "api";
    try {
      Source source = DeclarationReader.read(name, declaration);
      return new SourceView(
          name,
          declared,
          source.host().name().toLowerCase(Locale.ROOT),
          source.webhook().secrets().isEmpty() ? null : "/hooks/" + name,
          sources.repositories(source).size(),
          declaration,
          List.of());
    } catch (SourceException e) {
      return new SourceView(name, declared, declaration.host(), null, 0, declaration, problems(e));
    }
  }

  @PutMapping(path = "/{name}", consumes = "application/json")
  ResponseEntity<SourceView> put(
      @PathVariable String name, @RequestBody SourceDeclaration declaration) {
    try {
      if (sources.isOfSettings(name)) {
        throw new BadRequestException(
            HttpStatus.CONFLICT,
            "source " + Quoted.of(name) + " is declared in the settings: change it there");
      }
      return switch (sources.put(name, declaration)) {
        case ADDED ->
            ResponseEntity.created(URI.create("/api/v1/sources/" + name)).body(source(name));
        case CHANGED, UNCHANGED -> ResponseEntity.ok(source(name));
      };
    } catch (SourceException e) {
      throw BadRequestException.unprocessable(String.valueOf(e.getMessage()));
    }
  }

  @DeleteMapping("/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(@PathVariable String name) {
    if (sources.isOfSettings(name)) {
      throw new BadRequestException(
          HttpStatus.CONFLICT,
          "source " + Quoted.of(name) + " is declared in the settings: remove it there");
    }
    if (!sources.remove(name)) {
      throw noSuch(name);
    }
  }

  /// The newest first.
  @GetMapping("/{name}/history")
  List<SourceRows.Change> history(@PathVariable String name) {
    List<SourceRows.Change> history = sources.history(name, MOST_CHANGES);
    if (history.isEmpty()) {
      throw noSuch(name);
    }
    return history;
  }

  @PostMapping("/{name}/test")
  List<SourceProbe.Step> test(@PathVariable String name) {
    Source source = find(name);
    List<Repository> repositories = sources.repositories(source);
    var steps = new ArrayList<SourceProbe.Step>();
    source.webhook().secrets().forEach(secret -> steps.add(readable("webhook secret", secret)));
    Stream.of(source.access().git(), source.access().apiToken())
        .flatMap(java.util.Optional::stream)
        .forEach(secret -> steps.add(readable("credential", secret)));
    List<Repository> some = repositories.subList(0, Math.min(MOST_PROBED, repositories.size()));
    probes.forEach(probe -> steps.addAll(probe.probe(source, some)));
    return steps;
  }

  private static SourceProbe.Step readable(String what, SecretRef secret) {
    try {
      int length = secret.read().length();
      return new SourceProbe.Step(what, true, secret + " is readable, " + length + " characters");
    } catch (SecretRef.UnreadableException e) {
      return new SourceProbe.Step(what, false, String.valueOf(e.getMessage()));
    }
  }

  private Source find(String name) {
    if (sources.declaration(name).isEmpty()) {
      throw noSuch(name);
    }
    @Nullable SourceView view = source(name);
    return sources
        .find(name)
        .orElseThrow(() -> BadRequestException.unprocessable(String.join("; ", view.problems())));
  }

  private static List<String> problems(SourceException e) {
    return e.problems().stream().map(problem -> problem.key() + " " + problem.fault()).toList();
  }

  private static BadRequestException noSuch(String name) {
    return BadRequestException.notFound("there is no source " + Quoted.of(name));
  }
}
