package dev.modgate.watcher.api;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.ShallowEtagHeaderFilter;

/// An `ETag` over every answer to a read of the API, and 304 to who shows it again. What a
/// controller streams says so (`disableContentCaching`): it is not held in memory for this.
@Order(BodyLimit.ORDER + 3)
final class ReadTags extends ShallowEtagHeaderFilter {

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getMethod().equals("GET")
        || !request.getRequestURI().startsWith("/api/v1/")
        || request.getRequestURI().startsWith("/api/v1/backup/") // large, and its length is said
        || request.getRequestURI().endsWith("/events");
  }
}
