package dev.modgate.standalone;

import dev.modgate.gomod.proxy.ProxyList;
import dev.modgate.gomod.proxy.ProxyList.Direct;
import dev.modgate.gomod.proxy.ProxyList.Entry;
import dev.modgate.gomod.proxy.ProxyList.Off;
import dev.modgate.gomod.proxy.ProxyList.Upstream;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.start.StartException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Which entries of a GOPROXY list this machine's Modgate fetches from.
///
/// @param list in GOPROXY syntax, may hold credentials
/// @param shown the same without credentials
/// @param notes what was left out, one sentence each
public record UpstreamChoice(String list, String shown, List<String> notes) {
  private static final Set<String> LOOPBACK =
      Set.of("localhost", "127.0.0.1", "[::1]", "::1", "0.0.0.0");

  /// @param list in GOPROXY syntax
  /// @param source where the list was found, for people
  /// @param gatewayPort of this machine's own gateway, which can't be its own upstream
  /// @throws StartException when an entry is malformed or our own gateway, or none is left
  public static UpstreamChoice of(String list, String source, int gatewayPort)
      throws StartException {
    List<Entry> entries;
    try {
      entries = ProxyList.parse(list);
    } catch (IllegalArgumentException e) {
      throw new StartException(source + ": " + e.getMessage(), e);
    }
    var notes = new ArrayList<String>();
    var used = new ArrayList<Upstream>();
    for (Entry entry : entries) {
      switch (entry) {
        case Upstream upstream -> {
          refuseOwnGateway(upstream.uri(), source, gatewayPort);
          used.add(upstream);
        }
        case Direct _ ->
            notes.add(
                "left out \"direct\" of "
                    + source
                    + ": Modgate fetches from module proxies, not from version control");
        case Off _ -> {
          // ends the list, which it does here by being last
        }
      }
    }
    if (used.isEmpty()) {
      throw new StartException(
          source
              + " "
              + Quoted.of(list)
              + " names no module proxy to fetch from; give one with --upstream");
    }
    return new UpstreamChoice(joined(used, true), joined(used, false), List.copyOf(notes));
  }

  private static void refuseOwnGateway(URI uri, String source, int gatewayPort)
      throws StartException {
    String host = uri.getHost();
    if (host != null && LOOPBACK.contains(host) && uri.getPort() == gatewayPort) {
      throw new StartException(
          "upstream \""
              + uri
              + "\" of "
              + source
              + " is Modgate's own gateway, which serves only what is inside already; name a proxy"
              + " that reaches the public network with --upstream");
    }
  }

  private static String joined(List<Upstream> upstreams, boolean withCredentials) {
    var text = new StringBuilder();
    for (int i = 0; i < upstreams.size(); i++) {
      Upstream upstream = upstreams.get(i);
      text.append(withCredentials ? upstream.text() : upstream.toString());
      if (i < upstreams.size() - 1) {
        text.append(upstream.next() == ProxyList.Next.IF_FAILED ? '|' : ',');
      }
    }
    return text.toString();
  }
}
