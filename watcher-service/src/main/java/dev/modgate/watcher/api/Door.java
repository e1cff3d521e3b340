package dev.modgate.watcher.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/// Who may use the API. With a token: who shows it. Without one, the API listens on loopback alone,
/// and asks for a loopback `Host`, so that a web page which rebinds its own name to 127.0.0.1 gets
/// nothing.
public final class Door extends OncePerRequestFilter {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Optional<byte[]> token;

  /// @param token empty for loopback without one
  public Door(Optional<String> token) {
    this.token = token.map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getRequestURI().startsWith("/api/");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (token.isPresent()) {
      if (!shows(request.getHeader("Authorization"), token.get())) {
        response.setHeader("WWW-Authenticate", "Bearer");
        ProblemResponse.write(
            response, 401, "Unauthorized", "the API wants the bearer token of its token file");
        return;
      }
    } else if (!LOOPBACK.contains(host(request))) {
      ProblemResponse.write(
          response,
          403,
          "Forbidden",
          "host \""
              + host(request)
              + "\" is not this machine's loopback; a token file opens the API to others");
      return;
    }
    chain.doFilter(request, response);
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
      return host == null ? "" : host;
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
