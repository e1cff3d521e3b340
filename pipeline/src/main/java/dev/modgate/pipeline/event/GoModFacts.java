package dev.modgate.pipeline.event;

import dev.modgate.gomod.modfile.GoMod;
import dev.modgate.gomod.modfile.Retract;
import dev.modgate.gomod.module.ModulePath;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
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

  /// Of all requirements together, as JSON: more than a thousand of them.
  public static final int MOST_BYTES_TOLD = 64 * 1024;

  /// A go.mod above this holds more requirements than that, or comments alone: it is not looked at.
  public static final int MOST_BYTES = 512 * 1024;

  private static final int MOST_RETRACTIONS = 200;
  private static final int LONGEST_WORD = 255;
  private static final Pattern VERSION = Pattern.compile("v[0-9A-Za-z.+-]{1,120}");

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
    if (require.stream().mapToInt(GoModFacts::weight).sum() > MOST_BYTES_TOLD) {
      return tooLarge();
    }
    return new GoModFacts(
        mod.module().filter(path -> path.length() <= ModulePath.MAX_LENGTH).orElse(null),
        word(mod.go()),
        word(mod.toolchain()),
        require,
        mod.retracts().stream()
            .filter(GoModFacts::isVersion)
            .limit(MOST_RETRACTIONS)
            .map(retract -> new Span(retract.low(), retract.high()))
            .toList());
  }

  private static @Nullable String word(Optional<String> text) {
    return text.filter(it -> it.length() <= LONGEST_WORD && it.chars().allMatch(c -> c > 0x20))
        .orElse(null);
  }

  /// What no version has might take more room in JSON than it looks.
  private static boolean isVersion(Retract retract) {
    return VERSION.matcher(retract.low()).matches() && VERSION.matcher(retract.high()).matches();
  }

  private static int weight(String text) {
    return 3 + text.chars().map(c -> c < 0x20 ? 6 : c < 0x80 ? 2 : 3).sum();
  }
}
