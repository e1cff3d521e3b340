package dev.modgate.watcher.happening;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.event.Want;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Something that happened. Kept as JSON with its name in `happened`.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "happened")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Happening.SyncEnded.class, name = "sync-ended"),
  @JsonSubTypes.Type(value = Happening.ModuleRefused.class, name = "module-refused"),
  @JsonSubTypes.Type(value = Happening.StageStopped.class, name = "stage-stopped"),
  @JsonSubTypes.Type(value = Happening.Trial.class, name = "trial")
})
public sealed interface Happening {

  /// As which kinds it counts; who wants to hear of one of them hears of it. None: who asked for
  /// it.
  @JsonIgnore
  Set<EventKind> kinds();

  /// Nothing of a sync changes any more, or somebody stopped it.
  ///
  /// @param sync its id
  /// @param contradicted how many of its go.sum lines claim another hash than what is inside has
  /// @param absent how many no upstream has
  /// @param givenUp how many were put off for so long that they were given up; null where an older
  ///   version counted them as absent
  /// @param problems some of those that are not inside, by path and version
  record SyncEnded(
      String sync,
      End end,
      String label,
      long total,
      long inside,
      long refused,
      long contradicted,
      long absent,
      @Nullable Long givenUp,
      List<Problem> problems)
      implements Happening {
    public static final int MOST_PROBLEMS = 5;

    public SyncEnded {
      problems = List.copyOf(problems);
    }

    /// How many were given up.
    public long gaveUp() {
      return givenUp == null ? 0 : givenUp;
    }

    @Override
    public Set<EventKind> kinds() {
      Set<EventKind> kinds =
          switch (end) {
            case DONE -> EnumSet.of(EventKind.SYNC_DONE);
            case FAILED -> EnumSet.of(EventKind.SYNC_FAILED);
            case CANCELLED -> EnumSet.of(EventKind.SYNC_CANCELLED);
          };
      if (contradicted > 0) {
        kinds.add(EventKind.SECURITY);
      }
      return kinds;
    }
  }

  /// How a sync ended.
  enum End {
    /// All is inside.
    DONE,
    FAILED,
    CANCELLED
  }

  /// A module version that a sync needs and that is not inside.
  ///
  /// @param module `path@version`
  /// @param reason its code, such as `bad-zip`; empty where there is none
  record Problem(String module, String reason, String sentence) {}

  /// @param stage that refused it
  record ModuleRefused(
      ModuleVersion module, Want want, StageName stage, RejectReason reason, String sentence)
      implements Happening {
    @Override
    public Set<EventKind> kinds() {
      return reason.isSecurity()
          ? EnumSet.of(EventKind.MODULE_REFUSED, EventKind.SECURITY)
          : EnumSet.of(EventKind.MODULE_REFUSED);
    }
  }

  /// A stage stopped for everybody, until a person has looked into it.
  record StageStopped(StageName stage, String sentence) implements Happening {
    @Override
    public Set<EventKind> kinds() {
      return EnumSet.of(EventKind.SECURITY);
    }
  }

  /// Somebody tries a channel. Never kept.
  record Trial() implements Happening {
    @Override
    public Set<EventKind> kinds() {
      return EnumSet.noneOf(EventKind.class);
    }
  }
}
