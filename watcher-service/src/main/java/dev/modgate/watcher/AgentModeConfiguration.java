package dev.modgate.watcher;

import dev.modgate.watcher.agent.AgentConfiguration;
import dev.modgate.watcher.agent.AgentSettings;
import dev.modgate.watcher.agent.StatusReceiver;
import dev.modgate.watcher.host.CommitStatus;
import dev.modgate.watcher.run.RunWorkerConfiguration;
import dev.modgate.watcher.tick.Tick;
import dev.modgate.watcher.tick.Ticks;
import java.net.URI;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// What an agent has besides the parts that both modes share.
@Configuration(proxyBeanMethods = false)
@Import({AgentConfiguration.class, RunWorkerConfiguration.class})
class AgentModeConfiguration {
  @Bean
  AgentSettings agentSettings(WatcherSettings settings) {
    return settings.agent();
  }

  /// What the watcher sends back is shown beside the commit, and leads to what the agent knows of
  /// it: the watcher's own pages may be out of reach.
  @Bean
  StatusReceiver statusReceiver(Ticks ticks, WatcherSettings settings) {
    return (repositories, status) -> {
      URI link =
          URI.create(settings.site() + "/api/v1/sources/" + status.source() + "/commits?limit=50");
      var shown = new CommitStatus(state(status.state()), inShort(status), link);
      for (String repository : repositories) {
        ticks.want(new Tick(status.source(), repository, status.commit(), shown));
      }
    };
  }

  private static String inShort(dev.modgate.watcher.wantlist.CommitStatus status) {
    String sentence = status.sentences().getFirst();
    int most = CommitStatus.MOST_CHARACTERS;
    return sentence.length() <= most ? sentence : sentence.substring(0, most - 1) + "…";
  }

  private static CommitStatus.State state(dev.modgate.watcher.wantlist.CommitStatus.State state) {
    return switch (state) {
      case PENDING -> CommitStatus.State.PENDING;
      case SUCCESS -> CommitStatus.State.SUCCESS;
      case FAILURE -> CommitStatus.State.FAILURE;
    };
  }
}
