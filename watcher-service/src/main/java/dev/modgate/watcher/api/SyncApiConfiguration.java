package dev.modgate.watcher.api;

import dev.modgate.watcher.catalog.ModuleViews;
import dev.modgate.watcher.status.StatusService;
import dev.modgate.watcher.sync.SyncChanges;
import dev.modgate.watcher.sync.SyncService;
import dev.modgate.watcher.sync.SyncViews;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The controllers of what only the control plane has.
@Configuration(proxyBeanMethods = false)
public class SyncApiConfiguration {

  @Bean
  SyncEvents syncEvents(SyncViews views) {
    return new SyncEvents(views);
  }

  @Bean
  SyncController syncController(
      SyncService syncs, SyncChanges changes, SyncViews views, SyncEvents events) {
    return new SyncController(syncs, changes, views, events);
  }

  @Bean
  ModuleController moduleController(ModuleViews views) {
    return new ModuleController(views);
  }

  @Bean
  StatusController statusController(StatusService status) {
    return new StatusController(status);
  }
}
