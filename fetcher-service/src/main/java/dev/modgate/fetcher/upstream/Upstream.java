package dev.modgate.fetcher.upstream;

import dev.modgate.fetcher.measure.Measures;
import dev.modgate.fetcher.resilience.Absences;
import dev.modgate.fetcher.resilience.Breaker;
import dev.modgate.fetcher.resilience.Load;
import dev.modgate.fetcher.resilience.ResiliencePolicy;
import dev.modgate.fetcher.resilience.Tries;
import dev.modgate.fetcher.source.Answer;
import dev.modgate.fetcher.source.Miss;
import dev.modgate.fetcher.source.Patience;
import dev.modgate.fetcher.source.Source;
import dev.modgate.fetcher.source.UpstreamFailedException;
import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.proxy.ProxyList;
import dev.modgate.gomod.semver.Version;
import dev.modgate.pipeline.store.BlobRef;
import dev.modgate.pipeline.store.BlobStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One entry of the chain, with its breaker, its tries, its bounds on requests and its counts.
///
/// Answers are no failures, 404 least of all: a `go` command's probing of path prefixes makes many.
/// What failures say about the upstream is for the [Breaker].
public final class Upstream {
  private final ProxyList.Upstream entry;
  private final Source source;
  private final BlobStore blobs;
  private final ResiliencePolicy.Trying trying;
  private final Breaker breaker;
  private final Load load;
  private final Retries retries;
  private final Absences absences;
  private final Tally tally;
  private final Latest latest;

  public Upstream(
      ProxyList.Upstream entry,
      Source source,
      BlobStore blobs,
      ResiliencePolicy policy,
      Clock clock) {
    this.entry = entry;
    this.source = source;
    this.blobs = blobs;
    this.trying = policy.trying();
    this.load = new Load(name(), policy.load());
    this.breaker = new Breaker(name(), policy.opening(), clock);
    this.retries = new Retries(name(), trying);
    boolean folder = entry.uri().getScheme().equals("file");
    this.absences = new Absences(folder ? Duration.ZERO : policy.rememberAbsence(), clock);
    this.tally = new Tally(new Measures(), clock);
    this.latest = new Latest(name(), source, tally.measures());
  }

  /// As it may be shown.
  public String name() {
    return entry.toString();
  }

  public ProxyList.Next next() {
    return entry.next();
  }

  /// How long a file may take here, see [ResiliencePolicy.Trying].
  public Duration total() {
    return trying.total();
  }

  /// See [Measures#cost].
  public double cost() {
    return tally.measures().cost();
  }

  /// How much it is wanted that this upstream answers.
  public enum Manner {
    /// One try, to see how it is doing; none where all its slots are taken.
    ONCE(Duration.ZERO),
    /// Tried again while that may help, but not where all its slots are taken: an equal may have a
    /// free one.
    UNLESS_FULL(Duration.ZERO),
    /// Waited for a moment: its equals are full as well.
    A_MOMENT(Duration.ofMillis(250)),
    /// Waited for: there is nobody else.
    WAITING(Duration.ofDays(1));

    private final Duration forSlot;

    Manner(Duration forSlot) {
      this.forSlot = forSlot;
    }
  }

  /// One file, into the blob store, while there is patience.
  ///
  /// @return empty where all its slots are taken, and it is not to be waited for
  public Optional<Answer<BlobRef>> fetch(
      ModuleVersion module, FileKind kind, Patience patience, Manner manner)
      throws StoreFailedException, InterruptedException {
    Optional<Miss> absence = absences.of(kind.path(module));
    if (absence.isPresent()) {
      return Optional.of(new Answer.Missed<>(absence.get()));
    }
    var failed = new AtomicReference<@Nullable Miss>();
    var tries = new Tries(manner == Manner.ONCE ? 1 : trying.tries());
    try (var download = new Download(source, blobs, name(), module, kind)) {
      Callable<Optional<Answer<BlobRef>>> attempt =
          () -> {
            try {
              Manner turn = download.kept() > 0 ? Manner.WAITING : manner;
              return attemptInTurn(module, download, patience, turn, failed.get());
            } catch (UpstreamFailedException e) {
              failed.set(e.miss());
              tries.failed(download.kept());
              throw e;
            }
          };
      Optional<Answer<BlobRef>> answer = retries.of(tries, patience).executeCallable(attempt);
      if (answer.orElse(null) instanceof Answer.Missed<BlobRef>(var miss)) {
        absences.add(kind.path(module), miss);
      }
      return answer;
    } catch (UpstreamFailedException e) {
      return Optional.of(new Answer.Missed<>(e.miss()));
    } catch (StoreFailedException | InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("no other exception is declared", e);
    }
  }

  private Optional<Answer<BlobRef>> attemptInTurn(
      ModuleVersion module,
      Download download,
      Patience patience,
      Manner manner,
      @Nullable Miss failed)
      throws UpstreamFailedException, StoreFailedException, InterruptedException {
    if (load.enter(patience, manner.forSlot)) {
      return Optional.of(attempt(module, download, patience, failed));
    }
    if (failed != null) {
      return Optional.of(new Answer.Missed<>(failed));
    }
    return patience.leftForSlots().isZero()
        ? Optional.of(Answer.missed(Miss.Kind.NOT_ASKED, module + ": " + load.busy()))
        : Optional.empty();
  }

  /// Within a slot, which is given back.
  ///
  /// @param failed what the last try ended with, which may be what opened the breaker
  private Answer<BlobRef> attempt(
      ModuleVersion module, Download download, Patience patience, @Nullable Miss failed)
      throws UpstreamFailedException, StoreFailedException, InterruptedException {
    try {
      Optional<String> tooMany = load.pace(patience);
      if (tooMany.isPresent()) {
        return Answer.missed(Miss.Kind.NOT_ASKED, module + ": " + tooMany.get());
      }
      if (breaker.acquire()) {
        return measured(module, download, patience);
      }
      return failed != null
          ? new Answer.Missed<>(failed)
          : Answer.missed(
              Miss.Kind.NOT_ASKED,
              module + ": " + name() + " is left alone for now: " + tally.lastError());
    } finally {
      load.release();
    }
  }

  private Answer<BlobRef> measured(ModuleVersion module, Download download, Patience patience)
      throws UpstreamFailedException, StoreFailedException, InterruptedException {
    boolean judged = false;
    try {
      Answer<BlobRef> answer = download.attempt(patience);
      judged = true;
      tally.answered(module, answer, download.pace());
      if (answer instanceof Answer.Missed<BlobRef>(var miss)
          && miss.kind() == Miss.Kind.BAD_ANSWER) {
        breaker.failed(module, UpstreamFailedException.badAnswer(miss));
      } else {
        breaker.answered(download.pace().waited()).ifPresent(slow -> tally.says(name() + slow));
      }
      return answer;
    } catch (UpstreamFailedException e) {
      judged = true;
      tally.failed(e.sentence(), download.pace());
      breaker.failed(module, e);
      throw e;
    } finally {
      if (!judged) {
        breaker.released(); // interrupted, or the store failed
      }
    }
  }

  /// See [Latest]. The breaker is not asked, and learns nothing of it.
  public Optional<Version> latest(ModulePath module)
      throws UpstreamFailedException, InterruptedException {
    return latest.of(module);
  }

  public void probed(UpstreamStatus.Probe outcome) {
    tally.probed(outcome);
  }

  /// See [Tally#recent].
  public List<ModulePath> recent() {
    return tally.recent();
  }

  /// Whether it lets nothing through for now.
  public boolean isShut() {
    return breaker.isShut();
  }

  /// See [Breaker#isForOthersToTry].
  public boolean isForOthersToTry(ModuleVersion module) {
    return breaker.isForOthersToTry(module);
  }

  /// How long it lets nothing through; at least a second.
  public Duration openFor() {
    return breaker.openFor();
  }

  public UpstreamStatus status() {
    return tally.status(name(), breaker);
  }
}
