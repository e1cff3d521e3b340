package dev.modgate.watcher.sync;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One sync as the API shows it.
///
/// @param state `running`, `done` (all is inside), `failed` (nothing changes any more, and not all
///   is) or `cancelled`
/// @param failure why it can't be done, whatever is inside
/// @param growing its module graph is being walked: the counts will grow
/// @param settled nothing is on its way now; what is deferred waits for a later try
/// @param counts by module state, and `total`
/// @param bytesInside of all that is inside
/// @param bytesMoved fetched from upstreams for what was not inside when the sync came, refused or
///   not; each module version once, however often it was tried or whoever else waits for it. 0 when
///   all was inside
/// @param modules one page of them, by path and version
/// @param next the last module of the page where there are more after it
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SyncView(
    String id,
    String label,
    String state,
    Instant createdAt,
    @Nullable Instant finishedAt,
    @Nullable String failure,
    boolean growing,
    boolean settled,
    Map<String, Long> counts,
    long bytesInside,
    long bytesMoved,
    List<String> notes,
    @Nullable List<Item> modules,
    @Nullable String next) {

  /// One module version of a sync.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Item(
      String module,
      String want,
      String state,
      boolean alreadyInside,
      @Nullable String reason,
      @Nullable String sentence,
      @Nullable Instant nextTry) {}

  /// Which of a sync's modules to list.
  public enum Modules {
    ALL,
    PROBLEMS,
    NONE
  }
}
