package dev.modgate.watcher.api;

import dev.modgate.gomod.quote.Quoted;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;

/// Who may come in, whatever the path. With a token: who shows it. Without one, the API listens on
/// loopback alone, and asks for a loopback `Host`, so that a web page which rebinds its own name to
/// 127.0.0.1 gets nothing. Only the probes are open to all, and what looks at signatures itself:
/// deliveries of webhooks, and agents.
///
/// Routing decodes a path and drops its `;` parameters, so that one resource has many spellings.
/// Only one of them gets past here: nothing behind has to think of the others. It stands before all
/// other filters, so that who may not come in takes nobody's turn.
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class Door extends OncePerRequestFilter {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /// Compared with the path as sent: another spelling is not open.
  private static final Set<String> OPEN =
      Set.of("/healthz", "/readyz", "/agent/v1/want-lists", "/agent/v1/statuses");

  /// Parameters, a backslash, empty and dot elements, and escapes of what needs none (letters,
  /// digits, `-._~`), of what ends an element (`/`, `;`, a backslash, controls) or of `%`.
  private static final Pattern ODD =
      Pattern.compile(
          "[;\\\\]|//|/\\.\\.?(/|$)"
              + "|%(?i:[01].|2[5DEF]|3[0-9B]|4[1-9A-F]|5[0-9ACF]|6[1-9A-F]|7[0-9AEF])");

  private final Optional<byte[]> token;

  /// @param token empty for loopback without one
  public Door(Optional<String> token) {
    this.token = token.map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return OPEN.contains(request.getRequestURI());
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (!Delivery.is(request) && !comesIn(request, response)) {
      return;
    }
    String path = request.getRequestURI();
    if (ODD.matcher(path).find()) {
      ProblemResponse.write(
          response,
          400,
          "Bad Request",
          "path "
              + Quoted.of(path)
              + " has an empty element, a dot element, a \";\" or an escape that it does not need");
      return;
    }
    chain.doFilter(request, response);
  }

  private boolean comesIn(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (token.isPresent()) {
      if (!shows(request.getHeader("Authorization"), token.get())) {
        response.setHeader("WWW-Authenticate", "Bearer");
        ProblemResponse.write(
            response, 401, "Unauthorized", "the API wants the bearer token of its token file");
        return false;
      }
    } else if (!LOOPBACK.contains(host(request))) {
      ProblemResponse.write(
          response,
          403,
          "Forbidden",
          "host "
              + Quoted.of(host(request))
              + " is not this machine's loopback; a token file opens the API to others");
      return false;
    }
    return true;
  }

  private static boolean shows(@Nullable String authorization, byte[] token) {
    return authorization != null
        && authorization.regionMatches(true, 0, "Bearer ", 0, 7)
        && MessageDigest.isEqual(
            authorization.substring(7).strip().getBytes(StandardCharsets.UTF_8), token);
  }

  private static String host(HttpServletRequest request) {
    try {
      String host = URI.create("http://" + request.getHeader("Host")).getHost();
      return host == null ? "" : host.toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
