package dev.modgate.watcher.git;

import dev.modgate.watcher.git.wire.GitSettings;
import java.io.IOException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The parts that read Git.
@Configuration(proxyBeanMethods = false)
public class GitConfiguration {
  @Bean
  ReadFolders readFolders(GitSettings settings) throws IOException {
    return ReadFolders.open(settings.folder());
  }

  @Bean
  GitReader gitReader(GitSettings settings, ReadFolders folders) {
    return new GitReader(settings, folders);
  }

  @Bean
  GitProbe gitProbe(RemoteRefs remote) {
    return new GitProbe(remote);
  }
}
