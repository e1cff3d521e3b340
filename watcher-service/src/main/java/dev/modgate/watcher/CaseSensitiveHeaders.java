package dev.modgate.watcher;

import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/// Jetty remembers header lines of a connection, and finds them without regard to case: a token
/// that differs in case alone from one sent before would be read as that one.
final class CaseSensitiveHeaders
    implements WebServerFactoryCustomizer<JettyServletWebServerFactory> {

  @Override
  public void customize(JettyServletWebServerFactory factory) {
    factory.addServerCustomizers(server -> {
      for (Connector connector : server.getConnectors()) {
        connector.getConnectionFactories().stream()
            .filter(HttpConfiguration.ConnectionFactory.class::isInstance)
            .map(HttpConfiguration.ConnectionFactory.class::cast)
            .forEach(http -> http.getHttpConfiguration().setHeaderCacheCaseSensitive(true));
      }
    });
  }
}
