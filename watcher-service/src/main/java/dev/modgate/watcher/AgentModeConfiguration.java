package dev.modgate.watcher;

import dev.modgate.watcher.agent.AgentConfiguration;
import dev.modgate.watcher.agent.AgentSettings;
import dev.modgate.watcher.agent.StatusReceiver;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// What an agent has besides the parts that both modes share.
@Configuration(proxyBeanMethods = false)
@Import(AgentConfiguration.class)
class AgentModeConfiguration {
  @Bean
  AgentSettings agentSettings(WatcherSettings settings) {
    return settings.agent();
  }

  /// The table of what was heard has it already.
  @Bean
  StatusReceiver statusReceiver() {
    return (repositories, status) -> {};
  }
}
