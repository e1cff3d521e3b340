package dev.modgate.watcher.agent;

import dev.modgate.gomod.note.SigningKey;
import dev.modgate.start.StartException;
import dev.modgate.start.key.SigningKeyFile;
import dev.modgate.watcher.carry.InFolder;
import dev.modgate.watcher.carry.OutFolder;
import dev.modgate.watcher.plan.PrivateModules;
import dev.modgate.watcher.retention.OldRows;
import dev.modgate.watcher.retention.Retention;
import dev.modgate.watcher.retention.RetentionRule;
import dev.modgate.watcher.run.CommitsSeen;
import dev.modgate.watcher.source.SourceConfiguration;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/// The agent's own parts; it has those of sources, runs, webhooks, polls and Git besides.
@Configuration(proxyBeanMethods = false)
public class AgentConfiguration {
  private static final Logger LOG = LoggerFactory.getLogger(AgentConfiguration.class);

  /// The agent's key, by whose name the watcher knows it.
  record Identity(SigningKey key) {
    String name() {
      return key.verifierKey().name();
    }
  }

  @Bean
  Identity agentIdentity(AgentSettings settings, SourceConfiguration.Declarations sources) {
    settings.check();
    List<String> elsewhere =
        sources.byName().entrySet().stream()
            .filter(source -> source.getValue().agent() != null)
            .map(source ->
                "modgate.watcher.sources."
                    + source.getKey()
                    + ".agent: this is an agent, which reads its sources itself; give git or group")
            .sorted()
            .toList();
    if (!elsewhere.isEmpty()) {
      throw new StartException(elsewhere);
    }
    SigningKey key = new SigningKeyFile(settings.signingKey()).readOrCreate(settings.name());
    if (!key.verifierKey().name().equals(settings.name())) {
      throw new StartException(
          "modgate.watcher.agent.signing-key is of "
              + key.verifierKey().name()
              + ", but modgate.watcher.agent.name is "
              + settings.name());
    }
    LOG.info("agent {}; the watcher pins: {}", settings.name(), key.verifierKey());
    return new Identity(key);
  }

  @Bean
  AgentOut agentOut(JdbcTemplate jdbc, Identity identity, Clock clock) {
    return new AgentOut(jdbc, identity.key(), clock);
  }

  /// Numbers are counted from the highest.
  @Bean
  public static RetentionRule sentListRetention(JdbcTemplate jdbc, Retention retention) {
    String kept = "t.next_try is not null or t.number = (select max(m.number) from agent_out m)";
    return new OldRows(
        jdbc,
        "sent-want-lists",
        retention.agents(),
        new OldRows.Table("agent_out", List.of("number"), "created_at", kept));
  }

  @Bean
  Route agentRoute(AgentSettings settings, Identity identity) {
    Optional<URI> url = settings.url();
    if (url.isEmpty()) {
      return new FolderRoute(identity.name(), new OutFolder(Path.of(settings.folderOut())));
    }
    Optional<Path> authorities =
        settings.caFile().isEmpty() ? Optional.empty() : Optional.of(Path.of(settings.caFile()));
    return new Watcher(url.get(), authorities.map(TrustedAuthorities::of));
  }

  @Bean
  AgentSink agentSink(
      CommitsSeen seen,
      TransactionTemplate transaction,
      AgentOut out,
      PrivateModules hidden,
      StatusReceiver statuses,
      ObjectProvider<AgentSender> sender,
      Clock clock) {
    return new AgentSink(
        seen, transaction, out, hidden, statuses, () -> sender.getObject().wake(), clock);
  }

  @Bean(initMethod = "start")
  AgentSender agentSender(
      AgentOut out, Route route, JdbcTemplate jdbc, StatusReceiver statuses, Clock clock) {
    return new AgentSender(out, route, jdbc, statuses, clock);
  }

  @Bean(initMethod = "start")
  StatusReader statusReader(
      AgentSettings settings, Identity identity, Route route, HeardStatuses heard, Clock clock) {
    return new StatusReader(
        from(settings, identity, route, clock),
        settings.watcherKeys(),
        heard,
        settings.ask(),
        clock);
  }

  @Bean
  HeardStatuses heardStatuses(
      JdbcTemplate jdbc, TransactionTemplate transaction, StatusReceiver statuses) {
    return new HeardStatuses(jdbc, transaction, statuses);
  }

  private static StatusReader.From from(
      AgentSettings settings, Identity identity, Route route, Clock clock) {
    if (route instanceof Watcher watcher) {
      return new StatusReader.From.Http(watcher, identity.key());
    }
    if (settings.folderIn().isEmpty()) {
      return new StatusReader.From.Nowhere();
    }
    var names = Pattern.compile(Pattern.quote(identity.name()) + "-status-([0-9]{1,19})\\.status");
    return new StatusReader.From.Folder(
        new InFolder(Path.of(settings.folderIn()), names, clock), identity.name());
  }
}
