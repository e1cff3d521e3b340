package dev.modgate.gomod.toolchain;

import dev.modgate.gomod.modfile.GoMod;
import dev.modgate.gomod.modfile.GoWork;
import dev.modgate.gomod.quote.Quoted;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A toolchain of the Go project, as `GOTOOLCHAIN` names it: `go1.25.4`. The package has the form
/// and the order.
public record ToolchainName(String text) implements Comparable<ToolchainName> {
  private static final String NUMBER = "(0|[1-9][0-9]*)";
  private static final Pattern FORM =
      Pattern.compile("go1(?:\\." + NUMBER + "(?:\\." + NUMBER + "|([a-z]+)" + NUMBER + ")?)?");
  private static final int MAX_LENGTH = 50;

  /// From here on a version without a patch number is one of the language, and `go` can fetch
  /// others.
  private static final String FIRST_MINOR = "21";

  private static final Comparator<String> BY_NUMBER =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());
  private static final Comparator<ToolchainName> ORDER =
      Comparator.comparing(ToolchainName::minor, BY_NUMBER)
          .thenComparing(ToolchainName::patch, BY_NUMBER)
          .thenComparing(name -> name.part(3))
          .thenComparing(name -> name.part(4), BY_NUMBER)
          .thenComparing(ToolchainName::text);

  /// @throws IllegalArgumentException naming the text and what is wrong with it
  public ToolchainName {
    Matcher parts = FORM.matcher(text);
    if (text.length() > MAX_LENGTH || !parts.matches()) {
      throw new IllegalArgumentException(
          Quoted.of(text) + " is no toolchain of the Go project, want one such as go1.25.4");
    }
    if (isLanguage(parts)) {
      throw new IllegalArgumentException(
          Quoted.of(text)
              + " is a version of the language and no toolchain; the first that has it is "
              + text
              + ".0");
    }
  }

  /// What a `go` that is older than it has to fetch for this main module.
  ///
  /// @throws IllegalArgumentException when its toolchain line names none of the Go project
  public static Optional<ToolchainName> neededBy(GoMod goMod) {
    return neededBy(goMod.go(), goMod.toolchain());
  }

  /// What a `go` that is older than it has to fetch for this workspace.
  ///
  /// @throws IllegalArgumentException when its toolchain line names none of the Go project
  public static Optional<ToolchainName> neededBy(GoWork work) {
    return neededBy(work.go(), work.toolchain());
  }

  private static Optional<ToolchainName> neededBy(Optional<String> go, Optional<String> toolchain) {
    if (toolchain.equals(Optional.of("default"))) {
      return Optional.empty();
    }
    Optional<ToolchainName> line = toolchain.map(ToolchainName::new);
    Optional<ToolchainName> least = go.map(ToolchainName::firstWith);
    Optional<ToolchainName> newer =
        line.filter(name -> least.isEmpty() || name.compareTo(least.get()) >= 0).or(() -> least);
    return newer.filter(name -> BY_NUMBER.compare(name.minor(), FIRST_MINOR) >= 0);
  }

  /// @param version of a go line, such as `1.25` or `1.25.4`
  private static ToolchainName firstWith(String version) {
    Matcher parts = FORM.matcher("go" + version);
    return new ToolchainName("go" + version + (parts.matches() && isLanguage(parts) ? ".0" : ""));
  }

  private static boolean isLanguage(Matcher parts) {
    return parts.group(1) != null
        && parts.group(2) == null
        && parts.group(3) == null
        && BY_NUMBER.compare(parts.group(1), FIRST_MINOR) >= 0;
  }

  private String minor() {
    return part(1).isEmpty() ? "0" : part(1);
  }

  /// Empty for what comes before the first release.
  private String patch() {
    return part(2).isEmpty() && part(3).isEmpty() ? "0" : part(2);
  }

  private String part(int group) {
    Matcher parts = FORM.matcher(text);
    return parts.matches() ? Objects.requireNonNullElse(parts.group(group), "") : "";
  }

  @Override
  public int compareTo(ToolchainName other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return text;
  }
}
