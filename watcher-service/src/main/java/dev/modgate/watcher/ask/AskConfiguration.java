package dev.modgate.watcher.ask;

import dev.modgate.watcher.sync.SyncChanges;
import dev.modgate.watcher.sync.SyncService;
import dev.modgate.watcher.sync.SyncViews;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The API of syncs.
@Configuration(proxyBeanMethods = false)
public class AskConfiguration {

  @Bean
  SyncEvents syncEvents(SyncViews views) {
    return new SyncEvents(views);
  }

  @Bean
  SyncController syncController(
      SyncService syncs, SyncChanges changes, SyncViews views, SyncEvents events) {
    return new SyncController(syncs, changes, views, events);
  }
}
