package dev.modgate.fetcher.source;

import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/// Where an upstream's bytes come from: HTTP or a folder.
public interface Source {
  /// @param path a proxy path
  /// @param what names the file in sentences: `example.com/m@v1.0.0: .zip`
  /// @param had what is here already, so that the rest of it is enough
  record Wanted(String path, String what, Optional<Part> had) {
    public Wanted whole() {
      return new Wanted(path, what, Optional.empty());
    }
  }

  /// The beginning of a file.
  ///
  /// @param bytes how many; at least one
  record Part(long bytes, Validator validator) {}

  /// @param stream to be closed; reading it fails where the rest does not come
  /// @param from the place in the file where the stream begins: 0, or the end of the part that was
  ///   had
  /// @param length of the whole file, as announced, where it was
  /// @param validator of the whole file, where it has one
  record Body(InputStream stream, long from, OptionalLong length, Optional<Validator> validator) {
    public static Body whole(InputStream stream, OptionalLong length) {
      return new Body(stream, 0, length, Optional.empty());
    }
  }

  /// @param patience bounds the wait for the answer
  /// @throws UpstreamFailedException when another try may help
  Answer<Body> open(Wanted wanted, Patience patience)
      throws UpstreamFailedException, InterruptedException;
}
