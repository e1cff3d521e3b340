package dev.modgate.gomod.semver;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Optional;

/// What a pseudo-version says about the commit it stands for.
///
/// | form | made when |
/// |---|---|
/// | `vX.0.0-yyyymmddhhmmss-abcdefabcdef` | no earlier version is tagged |
/// | `vX.Y.Z-pre.0.yyyymmddhhmmss-abcdefabcdef` | the base is the pre-release `vX.Y.Z-pre` |
/// | `vX.Y.(Z+1)-0.yyyymmddhhmmss-abcdefabcdef` | the base is the release `vX.Y.Z` |
///
/// The last two may end in `+incompatible`, and then so does the base.
///
/// Source: https://go.dev/ref/mod#pseudo-versions, `golang.org/x/mod/module.PseudoVersionBase`
///
/// @param base the tagged version before the commit; empty where there is none, and where the text
///   claims one that cannot be, such as `v1.0.0-0.…`, which seems to follow `v1.0.-1`
/// @param time of the commit; empty where the fourteen digits are no time
/// @param revision the first letters of the commit's hash
public record PseudoVersion(Optional<Version> base, Optional<Instant> time, String revision) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withResolverStyle(ResolverStyle.STRICT);

  static PseudoVersion of(Version version) {
    String pre = version.prerelease();
    int dash = pre.lastIndexOf('-');
    String beforeRevision = pre.substring(0, dash);
    int digits = beforeRevision.length() - 14;
    // "" of form 1, "0." of form 3, "pre.0." of form 2
    String beforeTime = beforeRevision.substring(0, digits);
    return new PseudoVersion(
        base(version, beforeTime), time(beforeRevision.substring(digits)), pre.substring(dash + 1));
  }

  private static Optional<Version> base(Version version, String beforeTime) {
    if (beforeTime.isEmpty()) {
      return Optional.empty();
    }
    String core = "v" + version.major() + "." + version.minor() + ".";
    String build = version.isIncompatible() ? "+incompatible" : "";
    if (!beforeTime.equals("0.")) {
      String pre = beforeTime.substring(0, beforeTime.length() - ".0.".length());
      return Optional.of(Version.parse(core + version.patch() + "-" + pre + build));
    }
    if (version.patch().equals("0")) {
      return Optional.empty();
    }
    BigInteger patch = new BigInteger(version.patch()).subtract(BigInteger.ONE);
    return Optional.of(Version.parse(core + patch + build));
  }

  private static Optional<Instant> time(String digits) {
    try {
      return Optional.of(LocalDateTime.parse(digits, TIME).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
