package dev.modgate.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// Shows how far a sync is: a bar that is redrawn on a terminal, a line now and then elsewhere.
/// Goes to standard error, so that standard output holds the result alone.
abstract class Progress implements AutoCloseable {
  private static final Duration QUIET = Duration.ofSeconds(3);

  private final PrintStream err = System.err;
  private final Instant start = Instant.now();
  private Instant lastChange = start;
  private long lastInside = -1;
  private boolean ended;

  static Progress on(String label, boolean silent) {
    if (silent) {
      return new Silent();
    }
    // the launcher asks whether standard error is a terminal: Java can't
    return Boolean.getBoolean("modgate.terminal") ? new Bar(label) : new Lines(label);
  }

  /// @param waiting asked only when nothing has changed for a while
  void show(JsonNode sync, Supplier<Optional<String>> waiting) {
    long inside = sync.path("counts").path("inside").asLong(0);
    Instant now = Instant.now();
    if (inside != lastInside) {
      lastInside = inside;
      lastChange = now;
    }
    Optional<String> reason = Optional.empty();
    if (Duration.between(lastChange, now).compareTo(QUIET) > 0) {
      reason = waiting.get();
      lastChange = now;
    }
    synchronized (this) {
      if (!ended) {
        draw(sync, Duration.between(start, now), reason);
      }
    }
  }

  /// Ends with a sentence; nothing is drawn after it. For any thread.
  synchronized void end(String sentence) {
    close();
    ended = true;
    err.println(Output.lines(sentence));
    err.flush();
  }

  abstract void draw(JsonNode sync, Duration elapsed, Optional<String> waiting);

  /// Leaves nothing half drawn.
  void clear() {}

  @Override
  public synchronized void close() {
    if (!ended) {
      clear();
    }
  }

  PrintStream err() {
    return err;
  }

  static String figures(JsonNode sync, Duration elapsed) {
    JsonNode counts = sync.path("counts");
    long total = counts.path("total").asLong(0);
    long failed =
        counts.path("rejected").asLong(0)
            + counts.path("absent").asLong(0)
            + counts.path("given-up").asLong(0);
    long moved = sync.path("bytesMoved").asLong(0);
    double seconds = Math.max(0.1, elapsed.toMillis() / 1000.0);
    return counts.path("inside").asLong(0)
        + (sync.path("growing").asBoolean(false) ? " of at least " : " of ")
        + total
        + " inside"
        + (failed > 0 ? ", " + failed + " refused or absent" : "")
        + ", "
        + Output.bytes(moved)
        + ", "
        + Output.bytes((long) (moved / seconds))
        + "/s";
  }

  private static final class Silent extends Progress {
    @Override
    void draw(JsonNode sync, Duration elapsed, Optional<String> waiting) {}
  }

  private static final class Lines extends Progress {
    private static final Duration EVERY = Duration.ofSeconds(2);
    private final String label;
    private Duration next = EVERY;
    private String lastReason = "";

    private Lines(String label) {
      this.label = label;
    }

    @Override
    void draw(JsonNode sync, Duration elapsed, Optional<String> waiting) {
      if (elapsed.compareTo(next) >= 0) {
        next = elapsed.plus(EVERY);
        err().println(label + ": " + figures(sync, elapsed));
      }
      waiting
          .filter(reason -> !reason.equals(lastReason))
          .ifPresent(reason -> {
            lastReason = reason;
            err().println(label + ": waiting: " + reason);
          });
    }
  }

  private static final class Bar extends Progress {
    private static final int WIDTH = 24;
    private final String label;
    private String reason = "";

    private Bar(String label) {
      this.label = label.length() <= 20 ? label : label.substring(0, 19) + "…";
    }

    @Override
    void draw(JsonNode sync, Duration elapsed, Optional<String> waiting) {
      waiting.filter(text -> !text.equals(reason)).ifPresent(this::say);
      JsonNode counts = sync.path("counts");
      long total = Math.max(1, counts.path("total").asLong(0));
      int done = (int) (WIDTH * counts.path("inside").asLong(0) / total);
      err()
          .print(
              "\r\u001b[K"
                  + label
                  + " ["
                  + "█".repeat(done)
                  + "░".repeat(WIDTH - done)
                  + "] "
                  + figures(sync, elapsed));
      err().flush();
    }

    private void say(String text) {
      reason = text;
      err().print("\r\u001b[Kwaiting: " + text + System.lineSeparator());
    }

    @Override
    void clear() {
      err().print("\r\u001b[K");
      err().flush();
    }
  }
}
