package dev.modgate.publisher.scrub;

import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.proxy.VersionInfo;
import dev.modgate.gomod.proxy.VersionInfoException;
import dev.modgate.gomod.proxy.VersionListFile;
import dev.modgate.gomod.quote.Plain;
import dev.modgate.gomod.semver.Version;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectStat;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.zone.Pin;
import dev.modgate.pipeline.zone.RefusalNote;
import dev.modgate.pipeline.zone.ScrubState.Cure;
import dev.modgate.pipeline.zone.ScrubState.Fault;
import dev.modgate.pipeline.zone.ScrubState.Finding;
import dev.modgate.pipeline.zone.ZoneKey;
import dev.modgate.pipeline.zone.ZoneLayout;
import dev.modgate.pipeline.zone.ZoneObjects;
import dev.modgate.pipeline.zone.ZoneObjects.Next;
import dev.modgate.publisher.sumdb.DatabaseScrub;
import dev.modgate.publisher.sumdb.Flaw;
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

  /// In one pass: things without evidence that are taken away, and evidence that is made anew.
  static final int MOST_ACTS = 20;

  private final ObjectStore zone;
  private final ZoneObjects objects;
  private final EvidenceCheck evidence;
  private final Healer healer;
  private final Hashing hashing;
  private final Optional<DatabaseScrub> database;
  private final InstantSource clock;
  private int acts;

  Inspection(
      ObjectStore zone,
      EvidenceCheck evidence,
      Healer healer,
      Hashing hashing,
      Optional<DatabaseScrub> database,
      InstantSource clock) {
    this.zone = zone;
    this.objects = new ZoneObjects(zone);
    this.evidence = evidence;
    this.healer = healer;
    this.hashing = hashing;
    this.database = database;
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
      case ZoneKey.Database _ -> database(key);
      case ZoneKey.PinOf _, ZoneKey.Identity _, ZoneKey.OfTheScrub _ -> Seen.nothing();
    };
  }

  private Seen database(ObjectKey key) throws IOException, InterruptedException {
    if (database.isEmpty()) {
      return Seen.nothing();
    }
    DatabaseScrub.Look look = database.get().look(key);
    hashing.spent(look.bytes());
    var findings = new ArrayList<Finding>();
    for (Flaw flaw : look.flaws()) {
      Cure cure = flaw.cure();
      if (flaw.ask().isPresent() && mayAct()) {
        var wrong = List.of(Problem.of(flaw));
        cure = healer.askAgain(flaw.ask().get(), Want.ZIP, wrong, clock);
      }
      findings.addAll(
          told(List.of(Problem.lacking(flaw.key(), flaw.fault(), flaw.sentence())), cure));
    }
    return new Seen(look.bytes(), findings);
  }

  /// Once for both wants: at the one that comes last.
  private Seen version(ModuleVersion module, Want want) throws IOException, InterruptedException {
    if (want == Want.MOD && zone.stat(ZoneLayout.evidence(module, Want.ZIP)).isPresent()) {
      return Seen.nothing();
    }
    var unbelieved = new ArrayList<Problem>();
    Optional<Proven> proven = evidence.read(zone, module, unbelieved::add);
    var findings = new ArrayList<Finding>();
    if (!unbelieved.isEmpty()) {
      findings.addAll(unbelieved(module, unbelieved));
      proven = evidence.read(zone, module, _ -> {});
    }
    if (proven.isEmpty()) {
      return new Seen(0, findings);
    }
    var check = new VersionCheck(zone, proven.get(), hashing, database);
    List<Problem> problems = check.run();
    if (!problems.isEmpty()) {
      findings.addAll(told(problems, healer.heal(proven.get(), problems, clock)));
    }
    return new Seen(check.bytes(), findings);
  }

  /// Evidence is put back from a replica; or made anew, where it can't be read or says something
  /// else than was signed. Where nobody pinned has signed it, somebody has to look.
  private List<Finding> unbelieved(ModuleVersion module, List<Problem> problems)
      throws IOException, InterruptedException {
    var findings = new ArrayList<Finding>();
    for (Problem problem : problems) {
      if (!(ZoneKey.of(problem.key()) instanceof ZoneKey.EvidenceOf(_, var want))) {
        continue;
      }
      Optional<byte[]> other = healer.evidenceElsewhere(module, want);
      Cure cure = Cure.NONE;
      if (other.isPresent() && mayAct()) {
        healer.takeAway(List.of(Problem.wrong(problem.key(), problem.fault(), "")));
        zone.compareAndSwap(problem.key(), Optional.empty(), other.get());
        cure = Cure.REPAIRED;
      } else if (problem.takeAway() && mayAct()) {
        cure = healer.askAgain(module, want, List.of(problem), clock);
      }
      findings.addAll(told(List.of(problem), cure));
    }
    return findings;
  }

  /// So much at once is no damage but a mistake, such as a folder that is not the whole store.
  private boolean mayAct() {
    return ++acts <= MOST_ACTS;
  }

  /// A pass begins: what the one before did no longer counts.
  void begin() {
    acts = 0;
    database.ifPresent(DatabaseScrub::begin);
  }

  /// What is served must have evidence. A pin says that a publisher was here: then the evidence is
  /// what is missing, and the file stays for as long as that takes if it has the pinned hash.
  private List<Finding> file(ObjectKey key, ModuleVersion module, Files.Kind kind)
      throws IOException, InterruptedException {
    if (has(ZoneLayout.evidence(module, Want.ZIP))
        || (kind != Files.Kind.ZIP && has(ZoneLayout.evidence(module, Want.MOD)))
        || isYoung(key)) {
      return List.of();
    }
    String sentence = "lies there, and nothing says that it was verified";
    if (!mayAct()) {
      return told(List.of(Problem.lacking(key, Fault.FOREIGN, sentence)), Cure.NONE);
    }
    Optional<ZoneObjects.Stored> pin = objects.read(ZoneLayout.pin(module), Pin.MAX_BYTES);
    var wrong = Problem.wrong(key, Fault.FOREIGN, sentence);
    if (pin.isEmpty()) {
      healer.takeAway(List.of(wrong));
      return told(List.of(wrong), Cure.SET_ASIDE);
    }
    Problem problem =
        hasPinnedHash(key, module, kind, pin.get())
            ? Problem.lacking(key, Fault.UNPROVEN, sentence)
            : wrong;
    Want want = kind == Files.Kind.ZIP ? Want.ZIP : Want.MOD;
    return told(List.of(problem), healer.askAgain(module, want, List.of(problem), clock));
  }

  private boolean hasPinnedHash(
      ObjectKey key, ModuleVersion module, Files.Kind kind, ZoneObjects.Stored stored)
      throws IOException {
    try (ObjectReader reader = zone.open(key).orElse(null)) {
      Pin pin = Pin.read(stored.bytes());
      return reader == null // gone meanwhile
          || Proven.hasHash(kind, module, reader, pin.goModHash(), pin.zipHashIfAny());
    }
  }

  private List<Finding> list(ObjectKey key, ModulePath path)
      throws IOException, InterruptedException {
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
              for (Version version : wrong) { // may have come meanwhile
                if (!has(ZoneLayout.zip(new ModuleVersion(path, version)))) {
                  right.remove(version);
                }
              }
              return Next.write(path, VersionListFile.format(right));
            });
    for (Version version : wrong) { // or just now: then its publisher found the line there
      if (has(ZoneLayout.zip(new ModuleVersion(path, version)))) {
        Optional<Proven> back = evidence.read(zone, new ModuleVersion(path, version), _ -> {});
        if (back.filter(Proven::hasZip).isPresent()) {
          var _ = healer.heal(back.get(), List.of(), clock);
        }
      }
    }
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

  /// What is to be told of a key at which a look went wrong.
  Seen failed(ObjectKey key, Exception e) {
    return new Seen(
        0,
        told(
            List.of(
                Problem.lacking(key, Fault.UNREADABLE, "can't be looked at: " + Plain.of("" + e))),
            Cure.NONE));
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
