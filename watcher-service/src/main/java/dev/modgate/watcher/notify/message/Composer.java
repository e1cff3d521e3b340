package dev.modgate.watcher.notify.message;

import static java.util.Comparator.comparing;

import dev.modgate.pipeline.event.EventJson;
import dev.modgate.watcher.happening.EventKind;
import dev.modgate.watcher.happening.Happening;
import dev.modgate.watcher.notify.channel.Language;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Puts a message together: what matters most comes first.
///
/// @param mostNamed events
/// @param site what links begin with, without a slash at its end
public record Composer(Language language, int mostNamed, URI site) {
  private static final int MOST_NAMES = 5;

  /// @param all at least one
  public Draft draft(List<Told> all) {
    List<Told> events = distinct(all);
    List<Told> first = events.stream().sorted(comparing(told -> sort(told.happening()))).toList();
    Words words = Words.of(language);
    Line title =
        first.size() == 1
            ? title(first.getFirst().happening(), words)
            : Line.of(Line.text(words.title(tally(first))));
    List<List<Line>> entries =
        first.stream().limit(mostNamed).map(told -> entry(told, words)).toList();
    return new Draft(language, title, entries, first.size() - entries.size());
  }

  /// How many events there are, and where to look.
  public Draft brief(List<Told> all) {
    Words words = Words.of(language);
    List<Told> events = distinct(all);
    Line title = Line.of(Line.text(words.title(tally(events))));
    var link = new Line.Part.Link(words.details(), URI.create(site + "/api/v1/syncs"));
    return new Draft(language, title, List.of(List.of(Line.of(link))), 0);
  }

  /// The go.mod and the zip of a module version are refused each for itself.
  private static List<Told> distinct(List<Told> all) {
    record Refused(String module, Enum<?> reason) {}
    Set<Refused> refused = new HashSet<>();
    return all.stream()
        .filter(told ->
            !(told.happening() instanceof Happening.ModuleRefused one)
                || refused.add(new Refused(one.module().toString(), one.reason())))
        .toList();
  }

  private enum Sort {
    SECURITY,
    FAILED,
    REFUSED,
    CANCELLED,
    DONE
  }

  private static Sort sort(Happening happening) {
    if (happening.kinds().contains(EventKind.SECURITY)) {
      return Sort.SECURITY;
    }
    return switch (happening) {
      case Happening.SyncEnded sync ->
          switch (sync.end()) {
            case DONE -> Sort.DONE;
            case FAILED -> Sort.FAILED;
            case CANCELLED -> Sort.CANCELLED;
          };
      case Happening.ModuleRefused _ -> Sort.REFUSED;
      case Happening.StageStopped _ -> Sort.SECURITY;
      case Happening.Trial _ -> Sort.DONE;
    };
  }

  private static Words.Tally tally(List<Told> events) {
    Map<Sort, Integer> counts = new EnumMap<>(Sort.class);
    events.forEach(told -> counts.merge(sort(told.happening()), 1, Integer::sum));
    return new Words.Tally(
        counts.getOrDefault(Sort.SECURITY, 0),
        counts.getOrDefault(Sort.FAILED, 0),
        counts.getOrDefault(Sort.REFUSED, 0),
        counts.getOrDefault(Sort.CANCELLED, 0),
        counts.getOrDefault(Sort.DONE, 0));
  }

  private static Line title(Happening happening, Words words) {
    String ours = "Modgate" + words.colon() + words.headline(happening);
    return subject(happening)
        .map(subject -> Line.of(Line.text(ours + words.colon()), Line.name(subject)))
        .orElseGet(() -> Line.of(Line.text(ours)));
  }

  private static Optional<String> subject(Happening happening) {
    return switch (happening) {
      case Happening.SyncEnded sync -> Optional.of(sync.label()).filter(label -> !label.isBlank());
      case Happening.ModuleRefused refused -> Optional.of(refused.module().toString());
      case Happening.StageStopped _, Happening.Trial _ -> Optional.empty();
    };
  }

  private List<Line> entry(Told told, Words words) {
    var lines = new ArrayList<Line>();
    Happening happening = told.happening();
    lines.add(head(happening, words));
    switch (happening) {
      case Happening.SyncEnded sync -> sync(sync, told.concerned(), words, lines);
      case Happening.ModuleRefused refused -> {
        lines.add(Line.of(Line.sentence(refused.sentence())));
        advice(happening, words, lines);
        wantedBy(told.concerned(), words, lines);
        lines.add(details(words, refused));
      }
      case Happening.StageStopped stopped -> {
        lines.add(Line.of(Line.sentence(stopped.sentence())));
        advice(happening, words, lines);
        lines.add(details(words, stopped));
      }
      case Happening.Trial _ -> advice(happening, words, lines);
    }
    return lines;
  }

  private static Line head(Happening happening, Words words) {
    var parts = new ArrayList<Line.Part>();
    Optional<String> subject = subject(happening);
    parts.add(Line.strong(words.headline(happening) + (subject.isPresent() ? words.colon() : "")));
    subject.ifPresent(text -> parts.add(Line.name(text)));
    if (happening instanceof Happening.ModuleRefused refused) {
      parts.add(Line.text(words.reason(EventJson.wireName(refused.reason()))));
    }
    return new Line(parts);
  }

  private void sync(Happening.SyncEnded sync, Concerned concerned, Words words, List<Line> lines) {
    lines.add(Line.of(Line.text(words.summary(sync))));
    for (Happening.Problem problem : sync.problems()) {
      var parts = new ArrayList<Line.Part>();
      parts.add(Line.text("• "));
      parts.add(Line.name(problem.module()));
      if (!problem.reason().isEmpty()) {
        parts.add(Line.text(words.reason(problem.reason())));
      }
      if (!problem.sentence().isEmpty()) {
        parts.add(Line.text(words.colon()));
        parts.add(Line.sentence(problem.sentence()));
      }
      lines.add(new Line(parts));
    }
    long missing = sync.refused() + sync.contradicted() + sync.absent() + sync.gaveUp();
    if (!sync.problems().isEmpty() && missing > sync.problems().size()) {
      lines.add(Line.of(Line.text("• " + words.moreModules(missing - sync.problems().size()))));
    }
    advice(sync, words, lines);
    concerned.syncs().stream()
        .map(Concerned.Sync::owner)
        .filter(Objects::nonNull)
        .filter(owner -> !owner.isEmpty())
        .findFirst()
        .ifPresent(owner -> lines.add(Line.of(Line.text(words.owner()), Line.name(owner))));
    lines.add(details(words, sync));
  }

  private static void advice(Happening happening, Words words, List<Line> lines) {
    String advice = words.advice(happening);
    if (!advice.isEmpty()) {
      lines.add(Line.of(Line.text(advice)));
    }
  }

  private static void wantedBy(Concerned concerned, Words words, List<Line> lines) {
    if (concerned.syncs().isEmpty()) {
      return;
    }
    Set<String> names = new LinkedHashSet<>();
    concerned.syncs().forEach(sync -> names.add(sync.label()));
    var parts = new ArrayList<Line.Part>();
    parts.add(Line.text(words.wantedBy()));
    names.stream()
        .limit(MOST_NAMES)
        .forEach(name -> {
          if (parts.size() > 1) {
            parts.add(Line.text(words.comma()));
          }
          parts.add(Line.name(name));
        });
    int named = Math.min(names.size(), MOST_NAMES);
    int hidden = Math.max(names.size(), concerned.all()) - named;
    if (hidden > 0) {
      parts.add(Line.text(words.andOthers(hidden)));
    }
    lines.add(new Line(parts));
  }

  private Line details(Words words, Happening happening) {
    return Line.of(new Line.Part.Link(words.details(), link(happening)));
  }

  /// Where the API shows more of it.
  public URI link(Happening happening) {
    return URI.create(
        site
            + switch (happening) {
              case Happening.SyncEnded sync -> "/api/v1/syncs/" + sync.sync();
              case Happening.ModuleRefused refused ->
                  "/api/v1/modules/"
                      + refused.module().path().value()
                      + "/versions/"
                      + refused.module().version();
              case Happening.StageStopped _ -> "/api/v1/status";
              case Happening.Trial _ -> "/api/v1/notifications";
            });
  }
}
