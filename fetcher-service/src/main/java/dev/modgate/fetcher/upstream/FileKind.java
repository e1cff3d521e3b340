package dev.modgate.fetcher.upstream;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.proxy.ProxyPath;
import dev.modgate.gomod.proxy.VersionInfo;
import dev.modgate.gomod.proxy.VersionInfoException;
import dev.modgate.pipeline.event.Files;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The three files of a module version, and what the fetcher demands of each. Whether they are the
/// right ones is for the verifier.
public enum FileKind {
  INFO(VersionInfo.MAX_BYTES, VersionInfo.MAX_BYTES + 1), // all of it: judged at its end
  MOD(16L << 20, 512),
  ZIP(500L << 20, 512);

  private final long limit;
  private final int headSize;

  FileKind(long limit, int headSize) {
    this.limit = limit;
    this.headSize = headSize;
  }

  /// Most bytes that are taken.
  long limit() {
    return limit;
  }

  /// How many of the first bytes [#fault] wants to see.
  int headSize() {
    return headSize;
  }

  String path(ModuleVersion module) {
    return switch (this) {
      case INFO -> ProxyPath.info(module);
      case MOD -> ProxyPath.mod(module);
      case ZIP -> ProxyPath.zip(module);
    };
  }

  /// Such as `.zip`.
  String ending() {
    return kind().ending();
  }

  /// As events name it.
  public Files.Kind kind() {
    return switch (this) {
      case INFO -> Files.Kind.INFO;
      case MOD -> Files.Kind.MOD;
      case ZIP -> Files.Kind.ZIP;
    };
  }

  /// What is wrong with a file that begins so; empty where nothing shows.
  ///
  /// @param head the first [#headSize] bytes, or all where there are fewer
  Optional<String> fault(ModuleVersion module, byte[] head) {
    if (VersionInfo.looksLikeHtml(new String(head, StandardCharsets.UTF_8))) {
      return Optional.of("answered with an HTML page");
    }
    return switch (this) {
      case INFO -> infoFault(module, head);
      case MOD -> Optional.empty();
      case ZIP ->
          head.length >= 4 && head[0] == 'P' && head[1] == 'K'
              ? Optional.empty()
              : Optional.of("answered with something that is no zip");
    };
  }

  private static Optional<String> infoFault(ModuleVersion module, byte[] info) {
    try {
      var version = VersionInfo.parse(info).version();
      return version.equals(module.version())
          ? Optional.empty()
          : Optional.of("answered with the .info of version \"" + version + "\"");
    } catch (VersionInfoException e) {
      return Optional.of("answered with no .info (" + e.sentence() + ")");
    }
  }
}
