package dev.modgate.verifier.sumdb;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.stage.DependencyDownException;
import dev.modgate.pipeline.stage.DependencyStatus;
import dev.modgate.pipeline.stage.NotNowException;
import java.util.List;

/// The checksum database as the verifier sees it. Used by many threads at once.
public interface ChecksumDatabase extends AutoCloseable {

  /// @throws NotNowException when it can't be said about this version alone
  /// @throws DependencyDownException when it can't be said about any
  SumDbAnswer ask(ModuleVersion module)
      throws NotNowException, DependencyDownException, InterruptedException;

  /// For the status of the stage.
  List<DependencyStatus> statuses();

  @Override
  void close();
}
