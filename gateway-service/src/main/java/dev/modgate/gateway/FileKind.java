package dev.modgate.gateway;

/// The files of the protocol and of the checksum database, as HTTP shows them. Content types are
/// those of proxy.golang.org.
///
/// What never changes may be kept for a day and not for ever: a version may yet be recalled, and a
/// cache between here and the client would go on serving it.
enum FileKind {
  LIST("text/plain; charset=utf-8", Freshness.SHORT),
  LATEST("application/json", Freshness.SHORT),
  INFO("application/json", Freshness.HOUR),
  MOD("text/plain; charset=utf-8", Freshness.IMMUTABLE),
  ZIP("application/zip", Freshness.IMMUTABLE),
  LOOKUP("text/plain; charset=utf-8", Freshness.IMMUTABLE),
  TILE("application/octet-stream", Freshness.IMMUTABLE),
  TREE_HEAD("text/plain; charset=utf-8", Freshness.SHORT);

  private final String contentType;
  private final String cacheControl;

  FileKind(String contentType, String cacheControl) {
    this.contentType = contentType;
    this.cacheControl = cacheControl;
  }

  String contentType() {
    return contentType;
  }

  String cacheControl() {
    return cacheControl;
  }

  private static final class Freshness {
    static final String SHORT = "public, max-age=10";
    static final String HOUR = "public, max-age=3600";
    static final String IMMUTABLE = "public, max-age=86400, immutable";
  }
}
