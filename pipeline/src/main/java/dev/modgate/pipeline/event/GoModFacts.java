package dev.modgate.pipeline.event;

import dev.modgate.gomod.modfile.GoMod;
import dev.modgate.gomod.modfile.Retract;
import dev.modgate.gomod.module.ModulePath;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a proven go.mod says that counts for the modules that need it.
///
/// @param module the path that it declares; null where it has none
/// @param go the Go version; null where the go.mod has none
/// @param toolchain null where the go.mod has none
/// @param require `path@version` each as the file has them, in its order, also those that only a
///   `replace` makes good; null where they are more than an event carries
/// @param retract versions that should not be used
public record GoModFacts(
    @Nullable String module,
    @Nullable String go,
    @Nullable String toolchain,
    @Nullable List<String> require,
    List<Span> retract) {

  /// Characters of all requirements together: more than a thousand of them.
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
    return new GoModFacts(null, null, null, null, List.of());
  }

  public static GoModFacts of(GoMod mod) {
    List<String> require =
        mod.requires().stream().map(it -> it.path() + "@" + it.version()).toList();
    int characters = require.stream().mapToInt(String::length).sum();
    if (characters > MOST_CHARACTERS) {
      return tooLarge();
    }
    return new GoModFacts(
        mod.module().filter(path -> path.length() <= ModulePath.MAX_LENGTH).orElse(null),
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
