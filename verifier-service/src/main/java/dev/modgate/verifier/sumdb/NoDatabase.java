package dev.modgate.verifier.sumdb;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.stage.DependencyStatus;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.LoggerFactory;

/// The checksum database is off, because somebody said so. Nothing proves a toolchain then.
public final class NoDatabase implements ChecksumDatabase {
  private static final String WARNING =
      "is off (modgate.sumdb.database): nothing but go.sum lines proves what goes inside";

  private final DependencyStatus status;

  public NoDatabase(InstantSource clock) {
    status =
        new DependencyStatus(
            "checksum database",
            DependencyStatus.Health.DEGRADED,
            "WARNING: it " + WARNING,
            clock.instant());
    LoggerFactory.getLogger(NoDatabase.class).warn("the checksum database {}", WARNING);
  }

  @Override
  public SumDbAnswer ask(ModuleVersion module) {
    return new SumDbAnswer.NotAsked("no checksum database was asked: it is off");
  }

  @Override
  public List<DependencyStatus> statuses() {
    return List.of(status);
  }

  @Override
  public void close() {}
}
