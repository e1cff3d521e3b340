package dev.modgate.pipeline.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.modgate.gomod.module.ModuleVersion;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The bytes of a module version are in the blob store; nothing is proven about them.
///
/// @param refusals those of the request
/// @param misses what the upstreams answered that were asked in vain, one sentence each, without
///   the module; at most 32
/// @param untried for each file the upstreams that were not asked for it, now or before; at most
///   32; none for a file that all were asked for
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
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<Files.Kind, List<String>> untried)
    implements ModuleEvent {
  private static final int MISS = 500;

  public ModuleFetched {
    requireNonNull(request, "no request");
    requireNonNull(module, "no module");
    requireNonNull(want, "no want");
    requireNonNull(origins, "no origins");
    requireNonNull(fetch, "no fetch");
    requireNonNull(files, "no files");
    origins = List.copyOf(origins);
    refusals = Refusal.most(refusals);
    misses = first(misses);
    untried = untriedOf(untried);
  }

  public ModuleFetched(
      RequestId request,
      ModuleVersion module,
      Want want,
      List<Origin> origins,
      int originCount,
      Fetch fetch,
      Files files) {
    this(request, module, want, origins, originCount, fetch, files, List.of(), List.of(), Map.of());
  }

  /// @param all null in an event of code that did not say
  private static Map<Files.Kind, List<String>> untriedOf(
      @Nullable Map<Files.Kind, List<String>> all) {
    Map<Files.Kind, List<String>> untried = new EnumMap<>(Files.Kind.class);
    if (all != null) {
      all.forEach((kind, upstreams) -> untried.put(kind, first(upstreams)));
      untried.values().removeIf(List::isEmpty);
    }
    return Collections.unmodifiableMap(untried);
  }

  /// @param all null in an event of code that did not say
  private static List<String> first(@Nullable List<String> all) {
    return all == null
        ? List.of()
        : Limits.first(Refusal.MOST, all).stream().map(s -> Limits.cut(MISS, s)).toList();
  }
}
