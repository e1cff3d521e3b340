package dev.modgate.start;

import dev.modgate.gomod.quote.Plain;
import java.net.BindException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.config.ConfigDataException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertiesPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/// One of the services, and how it starts; see the package for the rules.
public final class Service {
  private final String name;
  private final Class<?> application;
  private final List<Class<? extends Record>> settings;
  private Function<Throwable, Optional<String>> explanation = failure -> Optional.empty();

  /// @param name such as `fetcher`: of its section in the settings, and of the yml beside its main
  ///   class
  /// @param application what Spring starts from
  /// @param settings each becomes a bean; each names its section by `@ConfigurationProperties`
  @SafeVarargs
  public Service(String name, Class<?> application, Class<? extends Record>... settings) {
    this.name = name;
    this.application = application;
    this.settings = List.of(settings);
  }

  /// @param more what an operator is to be told where this is among the causes of a failed start
  public Service explaining(Function<Throwable, Optional<String>> more) {
    explanation = more;
    return this;
  }

  /// For a start within another program, which gets every failure as an exception.
  public SpringApplicationBuilder builder() {
    return new SpringApplicationBuilder(application)
        .logStartupInfo(false)
        .properties(defaults())
        .initializers(this::registerSettings);
  }

  /// What is wrong with the settings that a start with these arguments would have; empty where
  /// nothing is. Starts nothing.
  public List<String> settingsProblems(Map<String, String> arguments) {
    StandardEnvironment environment = environment(arguments);
    try {
      ConfigDataEnvironmentPostProcessor.applyTo(environment);
      Settings.read(environment, settings);
      return List.of();
    } catch (RuntimeException e) {
      List<String> problems = problems(e, environment);
      return problems.isEmpty() ? List.of(String.valueOf(e)) : problems;
    }
  }

  /// What a start with these arguments would have for one key; empty where nothing says so.
  public Optional<String> setting(Map<String, String> arguments, String key) {
    StandardEnvironment environment = environment(arguments);
    ConfigDataEnvironmentPostProcessor.applyTo(environment);
    return Optional.ofNullable(Binder.get(environment).bind(key, String.class).orElse(null));
  }

  private StandardEnvironment environment(Map<String, String> arguments) {
    var environment = new StandardEnvironment();
    var sources = environment.getPropertySources();
    sources.addFirst(new MapPropertySource("arguments", Map.copyOf(arguments)));
    sources.addLast(new PropertiesPropertySource("defaultProperties", defaults()));
    return environment;
  }

  private Properties defaults() {
    var yaml = new YamlPropertiesFactoryBean();
    yaml.setResources(
        new ClassPathResource("all.yml", Service.class),
        new ClassPathResource(name + ".yml", application));
    Properties all = Objects.requireNonNull(yaml.getObject(), "the yml files are in the jar");
    all.setProperty("spring.config.location", "optional:file:./modgate.yml");
    return all;
  }

  private void registerSettings(ConfigurableApplicationContext context) {
    for (Record one : Settings.read(context.getEnvironment(), settings)) {
      context.getBeanFactory().registerSingleton(one.getClass().getName(), one);
    }
  }

  /// The service as a process of its own. Ends the process when it can't start, because threads
  /// that are no daemons may run by then.
  public void main(String[] args) {
    var environment = new AtomicReference<@Nullable Environment>();
    try {
      builder().initializers(context -> environment.set(context.getEnvironment())).run(args);
      LoggerFactory.getLogger(application).info("the {} is up", name);
    } catch (RuntimeException e) {
      List<String> problems = problems(e, environment.get());
      if (problems.isEmpty()) {
        LoggerFactory.getLogger(application).error("the {} did not start", name, e);
        problems = List.of("unexpected: " + e);
      }
      System.err.println(report(problems));
      System.err.flush();
      Runtime.getRuntime().halt(1);
    }
  }

  String report(List<String> problems) {
    var block = new StringBuilder("the modgate " + name + " can't start:");
    problems.forEach(problem -> block.append("\n  ").append(Plain.of(problem)));
    return block.toString();
  }

  /// What an operator can put right; empty where nobody foresaw the failure.
  ///
  /// @param environment null where the start did not come so far
  List<String> problems(Throwable failure, @Nullable Environment environment) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof StartException known) {
        return known.problems();
      }
      Optional<String> explained = explanation.apply(t);
      if (explained.isPresent()) {
        return List.of(explained.get());
      }
      if (t instanceof BindException && environment != null) {
        return List.of(portProblem(environment, t));
      }
      if (t instanceof YAMLException broken) {
        return List.of(yamlProblem(broken));
      }
      if (t instanceof ConfigDataException) {
        return List.of(String.valueOf(t.getMessage()));
      }
    }
    return List.of();
  }

  private String portProblem(Environment environment, Throwable failure) {
    String section = "modgate." + name;
    return "port "
        + environment.getProperty(section + ".port")
        + " on "
        + environment.getProperty(section + ".address")
        + " can't be listened on ("
        + failure.getMessage()
        + "): stop what listens there, or set "
        + section
        + ".port";
  }

  private static String yamlProblem(YAMLException failure) {
    return failure instanceof MarkedYAMLException marked && marked.getProblemMark() != null
        ? "modgate.yml, line "
            + (marked.getProblemMark().getLine() + 1)
            + ": no YAML: "
            + marked.getProblem()
        : "modgate.yml is no YAML: " + failure.getMessage();
  }
}
