package dev.modgate.fetcher.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;

/// What the names of hosts resolve to. Safe for use by many threads.
interface Addresses {
  /// @throws UnknownHostException where nobody knows the name
  List<InetAddress> of(String host) throws UnknownHostException;

  /// As this machine resolves them.
  static Addresses ofThisMachine() {
    return host -> List.of(InetAddress.getAllByName(host));
  }

  /// No name is resolved: where a proxy does that, this machine's opinion counts for nothing.
  static Addresses literalsAlone() {
    return host -> {
      try {
        return List.of(InetAddress.ofLiteral(bare(host)));
      } catch (IllegalArgumentException e) {
        return List.of();
      }
    };
  }

  /// Whether any address of the host is this machine's, or one of private networks; also where its
  /// name says so. A name that nobody knows leads nowhere.
  default boolean isInternal(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (name.equals("localhost") || name.endsWith(".localhost")) {
      return true;
    }
    try {
      return of(bare(name)).stream().anyMatch(Addresses::isInternal);
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static boolean isInternal(InetAddress address) {
    byte[] bytes = address.getAddress();
    return address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()
        || (address instanceof Inet4Address ? isInternal4(bytes) : isInternal6(bytes));
  }

  /// RFC 1122 (this network), 6598 (shared by carriers), 1112 (reserved, with broadcast).
  private static boolean isInternal4(byte[] bytes) {
    int first = bytes[0] & 0xff;
    return first == 0 || (first == 100 && (bytes[1] & 0xc0) == 64) || first >= 240;
  }

  /// RFC 4193 (unique local), and IPv4 behind a translator's or a tunnel's prefix (RFC 6052, 3056).
  private static boolean isInternal6(byte[] bytes) {
    if ((bytes[0] & 0xfe) == 0xfc) {
      return true;
    }
    if (startsWith(bytes, 0x00, 0x64, 0xff, 0x9b)) {
      return isInternal(embedded(bytes, 12));
    }
    return startsWith(bytes, 0x20, 0x02) && isInternal(embedded(bytes, 2));
  }

  private static boolean startsWith(byte[] bytes, int... prefix) {
    for (int i = 0; i < prefix.length; i++) {
      if ((bytes[i] & 0xff) != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private static InetAddress embedded(byte[] bytes, int at) {
    try {
      return InetAddress.getByAddress(
          new byte[] {bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]});
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  private static String bare(String host) {
    return host.replaceAll("[\\[\\]]", "");
  }
}
