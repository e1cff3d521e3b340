package dev.modgate.fetcher.upstream;

import java.io.InputStream;
import java.util.OptionalLong;

/// Where an upstream's bytes come from: HTTP or a folder.
interface Source {
  /// @param stream to be closed; reading it fails where the rest does not come
  /// @param length as announced, where it was
  record Body(InputStream stream, OptionalLong length) {}

  /// @param what names the file in sentences: `example.com/m@v1.0.0: .zip`
  /// @param patience bounds the wait for the answer
  /// @throws UpstreamFailedException when another try may help
  Answer<Body> open(String proxyPath, String what, Patience patience)
      throws UpstreamFailedException, InterruptedException;
}
