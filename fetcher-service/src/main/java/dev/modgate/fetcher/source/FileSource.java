package dev.modgate.fetcher.source;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;

/// A folder in GOPROXY layout, such as a module cache's `cache/download`: the `file://` form.
public final class FileSource implements Source {
  private final Path folder;

  public FileSource(Path folder) {
    this.folder = folder;
  }

  @Override
  public Answer<Body> open(Wanted wanted, Patience patience) throws UpstreamFailedException {
    String what = wanted.what();
    if (!Files.isDirectory(folder)) {
      throw new UpstreamFailedException(
          UpstreamFailedException.Scope.UPSTREAM,
          what + ": there is no folder \"" + folder + "\"",
          null);
    }
    try {
      var channel = FileChannel.open(folder.resolve(wanted.path()));
      return new Answer.Got<>(
          Body.whole(Channels.newInputStream(channel), OptionalLong.of(channel.size())));
    } catch (NoSuchFileException e) {
      return Answer.missed(Miss.Kind.ABSENT, what + ": folder \"" + folder + "\" has it not");
    } catch (IOException e) {
      throw new UpstreamFailedException(
          UpstreamFailedException.Scope.BROKEN_OFF,
          what + ": folder \"" + folder + "\" can't be read: " + e.getMessage(),
          e);
    }
  }
}
