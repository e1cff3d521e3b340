package dev.modgate.watcher.hook.delivery;

import dev.modgate.watcher.run.FoundBy;
import dev.modgate.watcher.run.Tip;
import dev.modgate.watcher.source.Repository;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A delivery that is decided and not yet written.
///
/// @param origin where it comes from
/// @param content what it says; empty where nobody may know
/// @param outcome what becomes of it
public record Delivery(Origin origin, Optional<Content> content, Outcome outcome) {

  /// @param source as in the path, at most 63 characters
  /// @param bodySha256 hex; empty where it was not read to its end
  public record Origin(
      String source,
      Optional<Identity> identity,
      Optional<String> bodySha256,
      long bodyBytes,
      Optional<String> redeliveryOf) {}

  /// Of an authentic delivery.
  ///
  /// @param hostId what the host calls it
  /// @param sameAs what it has in common with its repetitions, at most 200 characters
  /// @param within how long after the first one, and only while nothing else came of the source,
  ///   what has it in common is a repetition; empty where it is one for good
  public record Identity(Optional<String> hostId, String sameAs, Optional<Duration> within) {}

  /// @param event one word
  /// @param repository as the payload names it, at most 400 characters
  /// @param tips the refs that moved, wanted or not
  public record Content(String event, Optional<String> repository, List<Tip> tips) {
    public Content {
      tips = List.copyOf(tips);
    }
  }

  public sealed interface Outcome {
    Verdict verdict();

    String sentence();

    /// These refs are read.
    record Read(Repository repository, FoundBy by, List<Tip> tips, String sentence)
        implements Outcome {
      public Read {
        tips = List.copyOf(tips);
      }

      @Override
      public Verdict verdict() {
        return Verdict.ACCEPTED;
      }
    }

    /// Nothing is done.
    record Leave(Verdict verdict, String sentence) implements Outcome {}
  }
}
