package dev.modgate.publisher.scrub;

import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.proxy.VersionInfo;
import dev.modgate.gomod.proxy.VersionInfoException;
import dev.modgate.gomod.proxy.VersionListFile;
import dev.modgate.gomod.semver.Version;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectStat;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.zone.RefusalNote;
import dev.modgate.pipeline.zone.ScrubState.Cure;
import dev.modgate.pipeline.zone.ScrubState.Fault;
import dev.modgate.pipeline.zone.ScrubState.Finding;
import dev.modgate.pipeline.zone.ZoneKey;
import dev.modgate.pipeline.zone.ZoneLayout;
import dev.modgate.pipeline.zone.ZoneObjects;
import dev.modgate.pipeline.zone.ZoneObjects.Next;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at one key of the zone store after another, and mends what is wrong there.
final class Inspection {
  private static final Logger log = LoggerFactory.getLogger(Inspection.class);

  /// So long a publication may be under way.
  static final Duration YOUNG = Duration.ofHours(1);

  private final ObjectStore zone;
  private final ZoneObjects objects;
  private final EvidenceCheck evidence;
  private final Healer healer;
  private final Hashing hashing;
  private final boolean databaseInside;
  private final InstantSource clock;

  Inspection(
      ObjectStore zone,
      EvidenceCheck evidence,
      Healer healer,
      Hashing hashing,
      boolean databaseInside,
      InstantSource clock) {
    this.zone = zone;
    this.objects = new ZoneObjects(zone);
    this.evidence = evidence;
    this.healer = healer;
    this.hashing = hashing;
    this.databaseInside = databaseInside;
    this.clock = clock;
  }

  /// What a look at one key brought.
  ///
  /// @param bytes that were hashed
  record Seen(long bytes, List<Finding> findings) {
    static Seen nothing() {
      return new Seen(0, List.of());
    }
  }

  /// @throws IOException where the store can't be asked
  Seen look(ObjectKey key) throws IOException, InterruptedException {
    return switch (ZoneKey.of(key)) {
      case ZoneKey.EvidenceOf(var module, var want) -> version(module, want);
      case ZoneKey.File(var module, var kind) -> new Seen(0, file(key, module, kind));
      case ZoneKey.VersionList(var path) -> new Seen(0, list(key, path));
      case ZoneKey.Latest(var path) -> new Seen(0, latest(key, path));
      case ZoneKey.RefusalOf _ -> new Seen(0, note(key));
      case ZoneKey.Foreign _ ->
          new Seen(
              0,
              told(
                  List.of(
                      Problem.lacking(key, Fault.FOREIGN, "lies there, and is nothing of ours")),
                  Cure.NONE));
      case ZoneKey.PinOf _, ZoneKey.Database _, ZoneKey.OfTheScrub _ -> Seen.nothing();
    };
  }

  /// Once for both wants: at the one that comes last.
  private Seen version(ModuleVersion module, Want want) throws IOException, InterruptedException {
    if (want == Want.MOD && zone.stat(ZoneLayout.evidence(module, Want.ZIP)).isPresent()) {
      return Seen.nothing();
    }
    var problems = new ArrayList<Problem>();
    Optional<Proven> proven = evidence.read(zone, module, problems::add);
    if (proven.isEmpty()) {
      if (problems.isEmpty()) {
        return Seen.nothing(); // removed meanwhile
      }
      return new Seen(0, told(problems, healer.askAgain(module, want, problems, clock)));
    }
    var check = new VersionCheck(zone, proven.get(), hashing, databaseInside);
    problems.addAll(check.run());
    if (problems.isEmpty()) {
      return new Seen(check.bytes(), List.of());
    }
    Cure cure = healer.heal(proven.get(), problems, clock);
    for (Want lost : Want.values()) { // of what can't be believed, the other want says nothing
      ObjectKey key = ZoneLayout.evidence(module, lost);
      if (problems.stream().anyMatch(p -> p.key().equals(key))) {
        cure = healer.askAgain(module, lost, problems, clock);
      }
    }
    return new Seen(check.bytes(), told(problems, cure));
  }

  /// What is served must have evidence.
  private List<Finding> file(ObjectKey key, ModuleVersion module, Files.Kind kind)
      throws IOException, InterruptedException {
    if (has(ZoneLayout.evidence(module, Want.ZIP))
        || (kind != Files.Kind.ZIP && has(ZoneLayout.evidence(module, Want.MOD)))
        || isYoung(key)) {
      return List.of();
    }
    var problem =
        Problem.wrong(key, Fault.FOREIGN, "lies there, and nothing says that it was verified");
    if (has(ZoneLayout.pin(module))) { // somebody wanted it, and was not served to the end
      Want want = kind == Files.Kind.ZIP ? Want.ZIP : Want.MOD;
      return told(List.of(problem), healer.askAgain(module, want, List.of(problem), clock));
    }
    healer.takeAway(List.of(problem));
    return told(List.of(problem), Cure.SET_ASIDE);
  }

  private List<Finding> list(ObjectKey key, ModulePath path) throws IOException {
    Optional<ZoneObjects.Stored> stored = objects.read(key, VersionListFile.MAX_BYTES);
    if (stored.isEmpty()) {
      return List.of();
    }
    var wrong = new TreeSet<Version>();
    for (Version version : VersionListFile.parse(stored.get().bytes())) {
      if (!has(ZoneLayout.zip(new ModuleVersion(path, version)))) {
        wrong.add(version);
      }
    }
    if (wrong.isEmpty()) {
      return List.of();
    }
    var _ =
        objects.change(
            key,
            VersionListFile.MAX_BYTES,
            now -> {
              SortedSet<Version> right =
                  now.map(n -> VersionListFile.parse(n.bytes())).orElseGet(TreeSet::new);
              right.removeAll(wrong);
              return Next.write(path, VersionListFile.format(right));
            });
    var unknown = new TreeSet<Version>(); // what has evidence is on its way back, and told there
    for (Version version : wrong) {
      if (!has(ZoneLayout.evidence(new ModuleVersion(path, version), Want.ZIP))) {
        unknown.add(version);
      }
    }
    return unknown.isEmpty()
        ? List.of()
        : told(
            List.of(
                Problem.lacking(
                    key, Fault.FOREIGN, "lists " + unknown + ", of which no zip is inside")),
            Cure.REPAIRED);
  }

  private List<Finding> latest(ObjectKey key, ModulePath path)
      throws IOException, InterruptedException {
    Optional<ZoneObjects.Stored> stored = objects.read(key, VersionInfo.MAX_BYTES);
    if (stored.isEmpty()) {
      return List.of();
    }
    Optional<String> fault = latestFault(stored.get().bytes(), path);
    if (fault.isEmpty()) {
      return List.of();
    }
    var problem = Problem.wrong(key, Fault.CHANGED, fault.get());
    Optional<Proven> any = highest(path);
    if (any.isEmpty()) {
      healer.takeAway(List.of(problem));
      return told(List.of(problem), Cure.SET_ASIDE);
    }
    return told(List.of(problem), healer.heal(any.get(), List.of(problem), clock));
  }

  private Optional<String> latestFault(byte[] json, ModulePath path) throws IOException {
    try {
      Version named = VersionInfo.parse(json).version();
      return has(ZoneLayout.info(new ModuleVersion(path, named)))
          ? Optional.empty()
          : Optional.of("names " + named + ", which is not inside");
    } catch (VersionInfoException e) {
      return Optional.of("names no version: " + e.sentence());
    }
  }

  /// Any listed version brings `@latest` back, as it looks at all that are listed.
  private Optional<Proven> highest(ModulePath path) throws IOException {
    Optional<ZoneObjects.Stored> list =
        objects.read(ZoneLayout.list(path), VersionListFile.MAX_BYTES);
    for (Version version :
        list.map(l -> VersionListFile.parse(l.bytes())).orElseGet(TreeSet::new).reversed()) {
      Optional<Proven> proven = evidence.read(zone, new ModuleVersion(path, version), _ -> {});
      if (proven.filter(Proven::hasZip).isPresent()) {
        return proven;
      }
    }
    return Optional.empty();
  }

  private List<Finding> note(ObjectKey key) throws IOException {
    Optional<ZoneObjects.Stored> stored = objects.read(key, RefusalNote.MAX_BYTES);
    if (stored.isEmpty()) {
      return List.of();
    }
    try {
      var _ = RefusalNote.read(stored.get().bytes());
      return List.of();
    } catch (IOException e) {
      var problem = Problem.wrong(key, Fault.UNPROVEN, String.valueOf(e.getMessage()));
      healer.takeAway(List.of(problem));
      return told(List.of(problem), Cure.SET_ASIDE);
    }
  }

  private boolean has(ObjectKey key) throws IOException {
    return zone.stat(key).isPresent();
  }

  private boolean isYoung(ObjectKey key) throws IOException {
    Instant old = clock.instant().minus(YOUNG);
    return zone.stat(key).map(ObjectStat::modified).filter(at -> at.isBefore(old)).isEmpty();
  }

  private List<Finding> told(List<Problem> problems, Cure cure) {
    Instant now = clock.instant();
    return problems.stream()
        .map(problem -> {
          log.warn("scrub: {}: {}", problem.sentence(), word(cure));
          return new Finding(
              now, "", problem.key().value(), problem.fault(), problem.sentence(), cure);
        })
        .toList();
  }

  private static String word(Cure cure) {
    return switch (cure) {
      case REPAIRED -> "repaired";
      case ASKED_AGAIN -> "to be fetched and verified again";
      case SET_ASIDE -> "set aside";
      case NONE -> "left as it is";
    };
  }
}
