package dev.modgate.fetcher.upstream;

import dev.modgate.fetcher.measure.Measures;
import dev.modgate.fetcher.source.Answer;
import dev.modgate.fetcher.source.Miss;
import dev.modgate.fetcher.source.Patience;
import dev.modgate.fetcher.source.Source;
import dev.modgate.fetcher.source.UpstreamFailedException;
import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.proxy.ProxyPath;
import dev.modgate.gomod.proxy.VersionInfo;
import dev.modgate.gomod.proxy.VersionInfoException;
import dev.modgate.gomod.quote.Plain;
import dev.modgate.gomod.semver.Version;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;

/// What an upstream says is the latest version of a module. Asked once, to see how it is doing,
/// which the measures learn of.
final class Latest {
  /// How long each answer is waited for.
  private static final Duration PROBE = Duration.ofSeconds(10);

  private final String name;
  private final Source source;
  private final Measures measures;

  /// @param name of the upstream, for sentences
  Latest(String name, Source source, Measures measures) {
    this.name = name;
    this.source = source;
    this.measures = measures;
  }

  /// Empty where it says none.
  ///
  /// @throws UpstreamFailedException where it does not answer, or with something else
  Optional<Version> of(ModulePath module) throws UpstreamFailedException, InterruptedException {
    String what = module + ": @latest";
    long start = System.nanoTime();
    try {
      Answer<Source.Body> answer =
          source.open(
              new Source.Wanted(ProxyPath.latest(module), what, Optional.empty()),
              new Patience(PROBE));
      Duration waited = Duration.ofNanos(System.nanoTime() - start);
      Optional<Version> latest = read(answer, what);
      measures.answered(waited);
      return latest;
    } catch (UpstreamFailedException e) {
      measures.failed();
      throw e;
    }
  }

  private Optional<Version> read(Answer<Source.Body> answer, String what)
      throws UpstreamFailedException {
    return switch (answer) {
      case Answer.Missed<Source.Body>(var miss) -> {
        if (miss.kind() == Miss.Kind.BAD_ANSWER) {
          throw UpstreamFailedException.badAnswer(miss);
        }
        yield Optional.empty();
      }
      case Answer.Got<Source.Body>(var body) -> Optional.of(version(body, what));
    };
  }

  private Version version(Source.Body body, String what) throws UpstreamFailedException {
    try (InputStream in = body.stream()) {
      return VersionInfo.parse(in.readNBytes(VersionInfo.MAX_BYTES + 1)).version();
    } catch (VersionInfoException e) {
      throw new UpstreamFailedException(
          UpstreamFailedException.Scope.UNKNOWN,
          what + ": " + name + " answered with no .info (" + e.sentence() + ")",
          e);
    } catch (IOException | RuntimeException e) { // the client meets bad chunks with either
      throw new UpstreamFailedException(
          UpstreamFailedException.Scope.BROKEN_OFF,
          what + ": " + name + " broke off: " + Plain.of(String.valueOf(e.getMessage())),
          e);
    }
  }
}
