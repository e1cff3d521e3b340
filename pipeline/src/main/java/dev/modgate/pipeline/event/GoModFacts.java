package dev.modgate.pipeline.event;

import dev.modgate.gomod.modfile.GoMod;
import dev.modgate.gomod.modfile.Require;
import dev.modgate.gomod.modfile.Retract;
import dev.modgate.gomod.module.ModuleVersion;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a proven go.mod says that counts for the modules that need it.
///
/// @param go the Go version; null where the go.mod has none
/// @param toolchain null where the go.mod has none
/// @param require in the order of the file; null where they are more than an event carries
/// @param retract versions that should not be used
public record GoModFacts(
    @Nullable String go,
    @Nullable String toolchain,
    @Nullable List<ModuleVersion> require,
    List<Span> retract) {

  /// Characters of all requirements together; the largest that is known of takes half.
  public static final int MOST_CHARACTERS = 64 * 1024;

  /// A go.mod above this holds more requirements than that, or comments alone: it is not looked at.
  public static final int MOST_BYTES = 512 * 1024;

  private static final int MOST_RETRACTIONS = 200;
  private static final int LONGEST_WORD = 255;

  /// Versions from `low` to `high`, both included.
  public record Span(String low, String high) {}

  public GoModFacts {
    require = require == null ? null : List.copyOf(require);
    retract = List.copyOf(retract);
  }

  /// Of a go.mod that is too large.
  public static GoModFacts tooLarge() {
    return new GoModFacts(null, null, null, List.of());
  }

  /// What no proxy serves is left out, as `go` can't download it either.
  public static GoModFacts of(GoMod mod) {
    List<ModuleVersion> require =
        mod.requires().stream().map(Require::moduleVersion).flatMap(Optional::stream).toList();
    int characters = require.stream().mapToInt(module -> module.toString().length()).sum();
    if (characters > MOST_CHARACTERS) {
      return tooLarge();
    }
    return new GoModFacts(
        word(mod.go()),
        word(mod.toolchain()),
        require,
        mod.retracts().stream()
            .filter(GoModFacts::isShort)
            .limit(MOST_RETRACTIONS)
            .map(retract -> new Span(retract.low(), retract.high()))
            .toList());
  }

  private static @Nullable String word(Optional<String> text) {
    return text.filter(it -> it.length() <= LONGEST_WORD).orElse(null);
  }

  private static boolean isShort(Retract retract) {
    return retract.low().length() <= LONGEST_WORD && retract.high().length() <= LONGEST_WORD;
  }
}
