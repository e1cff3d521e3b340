package dev.modgate.watcher.backup;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/// Backups of the embedded database.
@Configuration(proxyBeanMethods = false)
public class BackupConfiguration {

  @Bean
  BackupController backupController(JdbcTemplate jdbc) {
    return new BackupController(new DatabaseCopies(jdbc));
  }
}
