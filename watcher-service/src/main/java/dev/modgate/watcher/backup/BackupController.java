package dev.modgate.watcher.backup;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.filter.ShallowEtagHeaderFilter;

@RestController
final class BackupController {
  private final DatabaseCopies copies;

  BackupController(DatabaseCopies copies) {
    this.copies = copies;
  }

  /// The file of the embedded database. Its length is said, so that a client notices when it ends
  /// early.
  @GetMapping("/api/v1/backup/database")
  void database(HttpServletRequest request, HttpServletResponse response) throws IOException {
    ShallowEtagHeaderFilter.disableContentCaching(request);
    try (DatabaseCopies.Copy copy = copies.take();
        var in = copy.open()) {
      response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
      response.setContentLengthLong(copy.size());
      in.transferTo(response.getOutputStream());
    }
  }
}
