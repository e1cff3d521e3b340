package dev.modgate.publisher.scrub;

import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.zone.ScrubState;
import dev.modgate.pipeline.zone.ScrubState.Pass;
import dev.modgate.pipeline.zone.ZoneLayout;
import dev.modgate.pipeline.zone.ZoneObjects;
import dev.modgate.pipeline.zone.ZoneObjects.Next;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Walks over everything that is inside, pass after pass, on a thread of its own. Of several
/// publishers one does; where it dies, another one goes on at the same place.
public final class Scrubber implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Scrubber.class);
  private static final Duration HELD =
      Duration.ofMinutes(30); // more than the largest file may take
  private static final Duration SAVED_EVERY = Duration.ofSeconds(5);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
  private static final Duration TOLD_EVERY = Duration.ofMinutes(1);
  private static final Duration STORE_PAUSE = Duration.ofSeconds(10);

  private final ObjectStore zone;
  private final ZoneObjects objects;
  private final Inspection inspection;
  private final Pace pace;
  private final Duration every;
  private final String me;
  private final Teller teller;
  private final InstantSource clock;
  private final WalkThread thread;
  private volatile Instant wanted = Instant.MIN;
  private Instant toldAt = Instant.MIN;
  private String trouble = "";

  /// Tells the world how far it is.
  interface Teller {
    void tell(ScrubState state) throws InterruptedException;
  }

  /// @param me tells two publishers apart
  Scrubber(
      ObjectStore zone,
      Inspection inspection,
      Pace pace,
      Duration every,
      String me,
      Teller teller,
      InstantSource clock) {
    this.zone = zone;
    this.objects = new ZoneObjects(zone);
    this.inspection = inspection;
    this.pace = pace;
    this.every = every;
    this.me = me;
    this.teller = teller;
    this.clock = clock;
    this.thread = new WalkThread("scrub", this::turnAndRest);
  }

  public void start() {
    thread.start();
  }

  /// Begins a pass now, as fast as it goes, unless one began since.
  ///
  /// @param at when it was asked for
  public void now(Instant at) {
    Instant now = clock.instant();
    wanted = at.isAfter(now) ? now : at; // another clock gave the command
    pace.hurry();
  }

  private void turnAndRest() throws InterruptedException {
    turn();
    Thread.sleep(trouble.isEmpty() ? LOOK_EVERY : STORE_PAUSE);
  }

  /// One look whether there is something to do, and all of it.
  void turn() throws InterruptedException {
    try {
      Optional<ScrubState> mine = claim();
      if (mine.isPresent()) {
        pass(mine.get());
      }
      if (!trouble.isEmpty()) {
        log.info("scrub goes on after: {}", trouble);
        trouble = "";
      }
    } catch (IOException | RuntimeException e) { // of a store that is away, or of a bug of ours
      if (trouble.isEmpty()) {
        log.warn("scrub waits, next try in {}: {}", STORE_PAUSE, e.toString());
      }
      trouble = e.toString();
    }
  }

  /// @return the state with a pass under way, where it is this publisher's to go on with
  private Optional<ScrubState> claim() throws IOException, InterruptedException {
    Instant now = clock.instant();
    ScrubState state =
        objects.change(
            ZoneLayout.scrub(),
            ScrubState.MAX_BYTES,
            stored -> {
              ScrubState known = stored.isEmpty() ? ScrubState.none() : readable(stored.get());
              boolean another = !known.holder().equals(me) && known.until().isAfter(now);
              Pass pass = another ? known.now() : due(known, now);
              if (another || pass == null) {
                return Next.same(known);
              }
              var mine = new ScrubState(pass, known.last(), me, now.plus(HELD));
              return Next.write(mine, mine.toJson());
            });
    boolean mine = state.holder().equals(me) && state.now() != null;
    if (!mine && (state.holder().equals(me) || state.holder().isEmpty())) {
      tell(state);
    }
    return mine ? Optional.of(state) : Optional.empty();
  }

  /// A state that can't be read is as good as none: everything is looked at again.
  private static ScrubState readable(ZoneObjects.Stored stored) {
    try {
      return ScrubState.read(stored.bytes());
    } catch (IOException e) {
      log.warn("the scrub begins anew: {}", e.getMessage());
      return ScrubState.none();
    }
  }

  private @Nullable Pass due(ScrubState known, Instant now) {
    Pass last = known.last();
    Instant begun =
        known.now() != null ? known.now().started() : last == null ? null : last.started();
    boolean asked = begun == null ? wanted.isAfter(Instant.MIN) : wanted.isAfter(begun);
    if (asked) {
      return Pass.begin(now);
    }
    if (known.now() != null) {
      return known.now();
    }
    Instant ended = last == null ? null : last.finished();
    return ended == null || !now.isBefore(ended.plus(every)) ? Pass.begin(now) : null;
  }

  private void pass(ScrubState claimed) throws IOException, InterruptedException {
    Pass pass = claimed.underWay().orElseThrow();
    Pass last = claimed.last();
    boolean somebodyWaits =
        !pass.started().isBefore(wanted) && (last == null || last.started().isBefore(wanted));
    if (somebodyWaits && wanted.isAfter(Instant.MIN)) {
      pace.hurry();
    } else {
      pace.calm();
    }
    if (pass.position() == null) {
      inspection.begin();
    }
    Instant saved = clock.instant();
    Iterator<ObjectKey> keys = zone.keys(Optional.ofNullable(pass.position()).map(ObjectKey::new));
    while (keys.hasNext()) {
      ObjectKey key = keys.next();
      Inspection.Seen seen = look(key);
      pass = pass.at(key.value(), seen.bytes());
      for (var finding : seen.findings()) {
        pass = pass.with(finding);
      }
      if (!clock.instant().isBefore(saved.plus(SAVED_EVERY)) || !seen.findings().isEmpty()) {
        if (!save(new ScrubState(pass, claimed.last(), me, clock.instant().plus(HELD)))
            || wanted.isAfter(pass.started())) {
          return; // another one has it, or it is to begin anew
        }
        saved = clock.instant();
      }
    }
    Pass ended = pass.end(clock.instant());
    pace.calm();
    log.info(
        "scrub: {} objects in {}, {} wrong, {} of these mended",
        ended.objects(),
        Duration.between(ended.started(), clock.instant()),
        ended.found(),
        ended.cured());
    save(new ScrubState(null, ended, me, clock.instant().plus(HELD)));
  }

  /// One object that can't be looked at keeps nobody from the others; a store that is away does.
  private Inspection.Seen look(ObjectKey key) throws IOException, InterruptedException {
    try {
      return inspection.look(key);
    } catch (DownException | KafkaException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      if (Thread.interrupted()) { // closes channels
        throw (InterruptedException) new InterruptedException().initCause(e);
      }
      var _ = zone.stat(ZoneLayout.scrub());
      return inspection.failed(key, e);
    }
  }

  private boolean save(ScrubState state) throws IOException, InterruptedException {
    boolean saved =
        objects.change(
            ZoneLayout.scrub(),
            ScrubState.MAX_BYTES,
            stored -> {
              boolean mine = stored.isEmpty() || readable(stored.get()).holder().equals(me);
              return mine ? Next.write(true, state.toJson()) : Next.same(false);
            });
    if (saved) {
      toldAt = Instant.MIN;
      tell(state);
    }
    return saved;
  }

  private void tell(ScrubState state) throws InterruptedException {
    Instant now = clock.instant();
    if (!now.isBefore(toldAt.plus(TOLD_EVERY))) {
      teller.tell(state);
      toldAt = now;
    }
  }

  @Override
  public void close() {
    thread.close();
  }
}
