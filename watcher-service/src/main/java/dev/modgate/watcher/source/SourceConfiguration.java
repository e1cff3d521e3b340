package dev.modgate.watcher.source;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/// Sources and their API.
@Configuration(proxyBeanMethods = false)
public class SourceConfiguration {

  /// What the settings declare, by name.
  ///
  /// @param secretsFolder where the secrets lie that a source of the API may send
  public record Declarations(Map<String, SourceDeclaration> byName, Path secretsFolder) {
    public Declarations {
      byName = Map.copyOf(byName);
    }
  }

  @Bean(initMethod = "settle")
  DeclaredSources sources(
      Declarations declarations, JdbcTemplate jdbc, TransactionTemplate transaction, Clock clock) {
    return new DeclaredSources(
        declarations.byName(),
        declarations.secretsFolder(),
        new SourceRows(jdbc),
        transaction,
        clock);
  }

  @Bean
  SourceController sourceController(DeclaredSources sources, ObjectProvider<SourceProbe> probes) {
    return new SourceController(sources, probes.orderedStream().toList());
  }
}
