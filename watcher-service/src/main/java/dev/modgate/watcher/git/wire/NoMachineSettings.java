package dev.modgate.watcher.git.wire;

import java.time.Instant;
import java.time.ZoneOffset;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/// Keeps JGit from what people have set up for Git on this machine: no system, user or JGit
/// configuration, no environment variable. Counts for the whole process.
public final class NoMachineSettings extends SystemReader.Delegate {
  private NoMachineSettings(SystemReader machine) {
    super(machine);
  }

  public static synchronized void install() {
    if (!(SystemReader.getInstance() instanceof NoMachineSettings)) {
      SystemReader.setInstance(new NoMachineSettings(SystemReader.getInstance()));
    }
  }

  @Override
  public @Nullable String getenv(String variable) {
    return null;
  }

  @Override
  public String getHostname() {
    return "localhost"; // without a look-up
  }

  @Override
  public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
    return new Empty(parent, fs);
  }

  @Override
  public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
    return new Empty(parent, fs);
  }

  @Override
  public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
    return new Empty(parent, fs);
  }

  @Override
  public ZoneOffset getTimeZoneAt(Instant when) {
    return ZoneOffset.UTC;
  }

  private static final class Empty extends FileBasedConfig {
    private Empty(@Nullable Config parent, FS fs) {
      super(parent, null, fs);
    }

    @Override
    public void load() {}

    @Override
    public void save() {}

    @Override
    public boolean isOutdated() {
      return false;
    }
  }
}
