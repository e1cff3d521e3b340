package dev.modgate.pipeline.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.modgate.gomod.module.ModuleVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The bytes of a module version are in the blob store; nothing is proven about them.
///
/// @param refusals those of the request
/// @param misses what the upstreams answered that were asked in vain, one sentence each, without
///   the module; at most 32
/// @param untried the upstreams that were not asked for one of the files, and gave nothing that was
///   refused; at most 32
public record ModuleFetched(
    RequestId request,
    ModuleVersion module,
    Want want,
    List<Origin> origins,
    int originCount,
    Fetch fetch,
    Files files,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Refusal> refusals,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> misses,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> untried)
    implements ModuleEvent {
  private static final int MISS = 500;

  public ModuleFetched {
    origins = List.copyOf(origins);
    refusals = Refusal.most(refusals);
    misses = first(misses);
    untried = first(untried);
  }

  public ModuleFetched(
      RequestId request,
      ModuleVersion module,
      Want want,
      List<Origin> origins,
      int originCount,
      Fetch fetch,
      Files files) {
    this(
        request, module, want, origins, originCount, fetch, files, List.of(), List.of(), List.of());
  }

  /// @param all null in an event of code that did not say
  private static List<String> first(@Nullable List<String> all) {
    return all == null
        ? List.of()
        : Limits.first(Refusal.MOST, all).stream().map(s -> Limits.cut(MISS, s)).toList();
  }
}
