package dev.modgate.gomod.sumdb;

import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.gomod.quote.Quoted;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/// How the two fields of `GOSUMDB` are read.
final class GoSumDbFields {
  private static final String KNOWN =
      "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]{1,5})?(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*");

  private GoSumDbFields() {}

  static VerifierKey key(String field) {
    if (field.equals(GoSumDb.DEFAULT)) {
      return VerifierKey.parse(KNOWN);
    }
    if (field.indexOf('+') < 0) {
      throw new IllegalArgumentException(
          "GOSUMDB " + Quoted.of(field) + " is no database whose key is known, want name+hash+key");
    }
    VerifierKey key;
    try {
      key = VerifierKey.parse(field);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("GOSUMDB: " + e.getMessage(), e);
    }
    if (!NAME.matcher(key.name()).matches()) {
      throw new IllegalArgumentException(
          "GOSUMDB has the name " + Quoted.of(key.name()) + ", want host or host/path");
    }
    return key;
  }

  static URI url(String field) {
    URI uri;
    try {
      uri = new URI(field.replaceFirst("/+$", ""));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("GOSUMDB has a URL that is none: " + e.getReason());
    }
    if (uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException("GOSUMDB has a URL with credentials"); // not shown
    }
    boolean web = uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?");
    if (!web || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "GOSUMDB has the URL "
              + Quoted.of(field)
              + ", want http or https, a host, no query and no fragment");
    }
    return uri;
  }
}
