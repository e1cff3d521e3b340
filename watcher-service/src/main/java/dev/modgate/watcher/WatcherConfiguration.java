package dev.modgate.watcher;

import com.zaxxer.hikari.HikariDataSource;
import dev.modgate.start.Meters;
import dev.modgate.watcher.api.ApiConfiguration;
import dev.modgate.watcher.api.BodyLimit;
import dev.modgate.watcher.api.BodyTurns;
import dev.modgate.watcher.api.Door;
import dev.modgate.watcher.backup.BackupConfiguration;
import dev.modgate.watcher.catalog.CatalogConfiguration;
import dev.modgate.watcher.database.DatabaseAtStart;
import dev.modgate.watcher.database.PatientFiles;
import dev.modgate.watcher.database.PausingDataSource;
import dev.modgate.watcher.git.GitConfiguration;
import dev.modgate.watcher.git.wire.GitSettings;
import dev.modgate.watcher.group.GroupConfiguration;
import dev.modgate.watcher.group.GroupWorker;
import dev.modgate.watcher.hook.HookConfiguration;
import dev.modgate.watcher.hook.HookLimits;
import dev.modgate.watcher.host.HostConfiguration;
import dev.modgate.watcher.idempotency.IdempotencyConfiguration;
import dev.modgate.watcher.openapi.OpenApiConfiguration;
import dev.modgate.watcher.pause.OwnPauses;
import dev.modgate.watcher.plan.PrivateModules;
import dev.modgate.watcher.poll.PollConfiguration;
import dev.modgate.watcher.poll.PollSettings;
import dev.modgate.watcher.retention.Retention;
import dev.modgate.watcher.retention.RetentionConfiguration;
import dev.modgate.watcher.run.RunConfiguration;
import dev.modgate.watcher.source.SourceConfiguration;
import dev.modgate.watcher.tick.TickConfiguration;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// What both modes share; each feature lists its own parts. What else there is depends on the mode.
@Configuration(proxyBeanMethods = false)
@Import({
  CatalogConfiguration.class,
  SourceConfiguration.class,
  RunConfiguration.class,
  HookConfiguration.class,
  HostConfiguration.class,
  TickConfiguration.class,
  GroupConfiguration.class,
  GitConfiguration.class,
  PollConfiguration.class,
  RetentionConfiguration.class,
  BackupConfiguration.class,
  ApiConfiguration.class,
  OpenApiConfiguration.class,
  IdempotencyConfiguration.class,
  PartsOfTheMode.class
})
class WatcherConfiguration {
  /// Hosts give up a delivery after 10 s, and are to hear before that nothing was taken. Who works
  /// in the background tries again.
  private static final Duration MOST_WAIT_FOR_CONNECTION = Duration.ofSeconds(8);

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  CaseSensitiveHeaders caseSensitiveHeaders() {
    return new CaseSensitiveHeaders();
  }

  @Bean
  Door door(WatcherSettings settings) {
    return new Door(TokenFile.read(settings));
  }

  @Bean
  BodyLimit bodyLimit(WatcherSettings settings) {
    return new BodyLimit(settings.maxBody().toBytes());
  }

  @Bean
  Retention retention(WatcherSettings settings) {
    return settings.retention();
  }

  @Bean
  PrivateModules privateModules(WatcherSettings settings) {
    return PrivateModules.of(settings.privateModules());
  }

  @Bean
  SourceConfiguration.Declarations declarations(WatcherSettings settings) {
    return new SourceConfiguration.Declarations(settings.sources(), settings.secretsFolder());
  }

  @Bean
  HookLimits hookLimits(WatcherSettings settings) {
    WatcherSettings.Hooks hooks = settings.hooks();
    return new HookLimits(hooks.maxBody().toBytes(), hooks.readTimeout(), hooks.gather());
  }

  @Bean
  GroupWorker.Limits groupLimits(WatcherSettings settings) {
    return new GroupWorker.Limits(settings.groups().every(), settings.groups().confirmAbove());
  }

  @Bean
  GitSettings gitSettings(WatcherSettings settings) {
    return settings.git();
  }

  @Bean
  PollSettings pollSettings(WatcherSettings settings) {
    return settings.poll();
  }

  @Bean
  BodyTurns bodyTurns() {
    return new BodyTurns(Duration.ofSeconds(20)); // clients give up after 60
  }

  @Bean
  OwnPauses ownPauses(Clock clock) {
    return new OwnPauses(clock).counted(Meters.registry());
  }

  @Bean
  @Primary
  DataSource dataSource(HikariDataSource pool, WatcherSettings settings, OwnPauses pauses)
      throws SQLException {
    var database =
        new PausingDataSource(pool, PatientFiles.folder(settings.database().url()), pauses);
    DatabaseAtStart.await(database);
    return database;
  }

  @Bean
  HikariDataSource pool(WatcherSettings settings) {
    var pool = new HikariDataSource();
    pool.setPoolName("watcher");
    pool.setJdbcUrl(PatientFiles.url(settings.database().url()));
    pool.setUsername(settings.database().user());
    pool.setPassword(settings.database().password());
    pool.setMaximumPoolSize(settings.database().connections());
    pool.setConnectionTimeout(MOST_WAIT_FOR_CONNECTION.toMillis());
    return pool;
  }

  @Bean
  KnownMigrations knownMigrations() {
    return new KnownMigrations();
  }

  @Bean
  TransactionTemplate transactionTemplate(PlatformTransactionManager transactions) {
    return new TransactionTemplate(transactions);
  }
}
