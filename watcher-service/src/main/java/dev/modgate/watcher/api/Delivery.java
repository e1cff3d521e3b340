package dev.modgate.watcher.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;

/// Deliveries of webhooks. They come from other machines, which have no token: their signature lets
/// them in. They have a limit of their own for their bodies, and no part in the turns of syncs.
final class Delivery {
  /// In the one spelling that [Door] lets pass, and of one element, so that nothing else of the API
  /// is behind it.
  private static final Pattern PATH = Pattern.compile("/hooks/[^/]+");

  private Delivery() {}

  static boolean is(HttpServletRequest request) {
    return request.getMethod().equals("POST") && PATH.matcher(request.getRequestURI()).matches();
  }
}
