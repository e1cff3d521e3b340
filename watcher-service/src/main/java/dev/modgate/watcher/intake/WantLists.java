package dev.modgate.watcher.intake;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.Claim;
import dev.modgate.pipeline.event.Want;
import dev.modgate.watcher.plan.Plan;
import dev.modgate.watcher.plan.PlanItem;
import dev.modgate.watcher.plan.PrivateModules;
import dev.modgate.watcher.run.FoundBy;
import dev.modgate.watcher.run.WantSink;
import dev.modgate.watcher.source.GitUrl;
import dev.modgate.watcher.source.Repository;
import dev.modgate.watcher.source.Source;
import dev.modgate.watcher.source.Source.Place;
import dev.modgate.watcher.source.Sources;
import dev.modgate.watcher.wantlist.AgentKeys;
import dev.modgate.watcher.wantlist.Refusal;
import dev.modgate.watcher.wantlist.RefusedException;
import dev.modgate.watcher.wantlist.WantLine;
import dev.modgate.watcher.wantlist.WantList;
import dev.modgate.watcher.wantlist.WantListHeader;
import dev.modgate.watcher.wantlist.WantListReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Takes want lists, each once. For many threads.
final class WantLists {
  /// Agents give up after 60 s.
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Duration MOST_AHEAD = Duration.ofDays(1);

  /// Of what was never read here.
  private static final GitUrl ELSEWHERE = GitUrl.parse("file:///elsewhere");

  private final AgentKeys agents;
  private final Sources sources;
  private final PrivateModules hidden;
  private final Duration oldest;
  private final TakenLists taken;
  private final WantSink sink;
  private final Clock clock;

  /// One at a time: each is held in memory.
  private final Semaphore turn = new Semaphore(1, true);

  WantLists(
      AgentKeys agents,
      Sources sources,
      PrivateModules hidden,
      Duration oldest,
      TakenLists taken,
      WantSink sink,
      Clock clock) {
    this.agents = agents;
    this.sources = sources;
    this.hidden = hidden;
    this.oldest = oldest;
    this.taken = taken;
    this.sink = sink;
    this.clock = clock;
  }

  sealed interface Outcome {
    /// @param sentence for people; the same however often the list comes
    record Taken(WantListHeader header, String sentence) implements Outcome {}

    /// @param header null where nobody known has signed it
    record Refused(@Nullable WantListHeader header, RefusedException why) implements Outcome {}

    /// Others are being read; a later try helps.
    record Busy() implements Outcome {}
  }

  /// Durable when this returns; of a refusal nothing is kept yet.
  ///
  /// @param via `http` or `folder`
  /// @throws IOException when the stream fails
  Outcome take(InputStream in, String via) throws IOException, InterruptedException {
    WantListReader reader;
    try {
      reader = WantListReader.open(in, agents);
    } catch (RefusedException e) {
      return new Outcome.Refused(null, e);
    }
    WantListHeader header = reader.header(); // a pinned key has signed it
    Optional<String> before = taken.sentence(header, reader.signedSha256());
    if (before.isPresent()) {
      copy(in, OutputStream.nullOutputStream()); // else who still sends hears no answer
      return new Outcome.Taken(header, before.get());
    }
    try {
      checkTime(header);
      checkSource(header);
      return takeAside(reader, in, via);
    } catch (RefusedException e) {
      return new Outcome.Refused(header, e);
    }
  }

  /// However slowly the lines come, they keep nobody else waiting.
  private Outcome takeAside(WantListReader reader, InputStream in, String via)
      throws IOException, InterruptedException, RefusedException {
    try (FileChannel aside =
        FileChannel.open(
            Files.createTempFile("want-list", ".lines"),
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE)) {
      copy(in, Channels.newOutputStream(aside));
      aside.position(0);
      if (!turn.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        return new Outcome.Busy();
      }
      try {
        WantList list = reader.lines(Channels.newInputStream(aside));
        return new Outcome.Taken(reader.header(), take(list, reader.signedSha256(), via));
      } finally {
        turn.release();
      }
    }
  }

  /// One byte more than a list may have tells that it is too large.
  private static void copy(InputStream in, OutputStream out) throws IOException {
    var buffer = new byte[8192];
    int left = WantList.MOST_BYTES + 1;
    for (int n = in.read(buffer); n >= 0 && left > 0; n = in.read(buffer)) {
      out.write(buffer, 0, Math.min(n, left));
      left -= Math.min(n, left);
    }
  }

  /// Keeps why it was refused, for people.
  void refused(Outcome.Refused refused, String via) {
    taken.refused(refused.header(), via, refused.why());
  }

  private String take(WantList list, String sha256, String via) throws RefusedException {
    WantListHeader header = list.header();
    checkPrivate(list);
    Optional<String> before = taken.begin(header, sha256, via);
    if (before.isPresent()) {
      return before.get();
    }
    var repository = new Repository(header.source(), header.source(), ELSEWHERE);
    var commit = new WantSink.Commit(repository, header.commit(), "", FoundBy.AGENT, null);
    String sentence = sink.take(commit, plan(list));
    taken.complete(header, sentence);
    return sentence;
  }

  private void checkTime(WantListHeader header) throws RefusedException {
    Instant now = clock.instant();
    if (header.created().isBefore(now.minus(oldest))) {
      throw new RefusedException(
          Refusal.OUT_OF_TIME,
          "it was made at "
              + header.created()
              + ", longer ago than modgate.watcher.want-lists.oldest, "
              + oldest);
    }
    if (header.created().isAfter(now.plus(MOST_AHEAD))) {
      throw new RefusedException(
          Refusal.OUT_OF_TIME, "it was made at " + header.created() + ", which is yet to come");
    }
  }

  private void checkSource(WantListHeader header) throws RefusedException {
    Source source = sources.find(header.source()).orElse(null);
    if (source == null) {
      throw new RefusedException(
          Refusal.UNKNOWN_SOURCE, "there is no source " + header.source() + " here");
    }
    boolean own =
        switch (source.place()) {
          case Place.Agent(var name) -> name.equals(header.agent());
          case Place.Single _, Place.Group _ -> false;
        };
    if (!own) {
      throw new RefusedException(
          Refusal.FOREIGN_SOURCE,
          "source " + header.source() + " is not one that agent " + header.agent() + " reads");
    }
  }

  /// Without the name: it does not belong here.
  private void checkPrivate(WantList list) throws RefusedException {
    int number = 0;
    for (WantLine line : list.lines()) {
      number++;
      if (hidden.patterns().matches(line.module().path())) {
        throw new RefusedException(
            Refusal.PRIVATE_PATH,
            "line "
                + number
                + " names a module that modgate.watcher.private-modules holds private; set the same"
                + " patterns for agent "
                + list.header().agent());
      }
    }
  }

  /// What the lines want; what they claim is said to stand in the list's file.
  static Plan plan(WantList list) {
    var items = new LinkedHashMap<ModuleVersion, PlanItem>();
    int number = 0;
    for (WantLine line : list.lines()) {
      number++;
      int at = number;
      var claims = new ArrayList<Claim>();
      var subject = line.goMod() ? Claim.Subject.GO_MOD : Claim.Subject.ZIP;
      line.hash()
          .ifPresent(hash -> claims.add(new Claim(subject, hash, list.header().fileName(), at)));
      var item = new PlanItem(line.module(), line.goMod() ? Want.MOD : Want.ZIP, claims);
      items.merge(line.module(), item, WantLists::both);
    }
    return new Plan(List.copyOf(items.values()), List.of());
  }

  private static PlanItem both(PlanItem a, PlanItem b) {
    var claims = new ArrayList<>(a.claims());
    claims.addAll(b.claims());
    Want want = a.want() == Want.ZIP || b.want() == Want.ZIP ? Want.ZIP : Want.MOD;
    return new PlanItem(a.module(), want, claims);
  }
}
