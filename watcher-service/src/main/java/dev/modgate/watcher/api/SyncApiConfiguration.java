package dev.modgate.watcher.api;

import dev.modgate.watcher.catalog.ModuleViews;
import dev.modgate.watcher.status.StatusService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The controllers of what only the control plane has.
@Configuration(proxyBeanMethods = false)
public class SyncApiConfiguration {

  @Bean
  ModuleController moduleController(ModuleViews views) {
    return new ModuleController(views);
  }

  @Bean
  StatusController statusController(StatusService status) {
    return new StatusController(status);
  }
}
