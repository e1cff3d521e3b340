package dev.modgate.watcher;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.type.AnnotationMetadata;

/// Which parts come besides those that each mode has.
final class PartsOfTheMode implements ImportSelector, EnvironmentAware {
  private Environment environment = new StandardEnvironment();

  @Override
  public void setEnvironment(Environment environment) {
    this.environment = environment;
  }

  @Override
  public String[] selectImports(AnnotationMetadata importing) {
    Class<?> parts =
        switch (mode()) {
          case WATCHER -> ControlPlaneConfiguration.class;
          case AGENT -> AgentModeConfiguration.class;
        };
    return new String[] {parts.getName()};
  }

  private Mode mode() {
    return Binder.get(environment).bind("modgate.watcher.mode", Mode.class).orElse(Mode.WATCHER);
  }
}
