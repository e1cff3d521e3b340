package dev.modgate.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.BindException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;

final class ServiceTest {
  private final Service gateway = new Service("gateway", ServiceTest.class);
  private final MockEnvironment environment =
      new MockEnvironment()
          .withProperty("modgate.gateway.port", "8081")
          .withProperty("modgate.gateway.address", "127.0.0.1");

  @Test
  void reportsOneBlockWithoutEscapeSequences() {
    assertThat(gateway.report(List.of("a\u001b[2J", "b")))
        .isEqualTo("the modgate gateway can't start:\n  a\\u001b[2J\n  b");
  }

  @Test
  void findsItsOwnProblemsBehindWhateverWrapsThem() {
    var failure = new IllegalStateException(new StartException(List.of("one", "two")));

    assertThat(gateway.problems(failure, environment)).containsExactly("one", "two");
  }

  @Test
  void namesThePortThatIsInUseAndItsSetting() {
    var failure = new IllegalStateException(new BindException("Address already in use"));

    assertThat(gateway.problems(failure, environment))
        .containsExactly(
            "port 8081 on 127.0.0.1 can't be listened on (Address already in use): stop what"
                + " listens there, or set modgate.gateway.port");
  }

  @Test
  void namesTheLineThatIsNoYaml() {
    YAMLException failure = yaml("modgate:\n  gateway: [");

    assertThat(gateway.problems(new IllegalStateException(failure), null))
        .containsExactly(
            "modgate.yml, line 2: no YAML: expected the node content, but found '<stream end>'");
  }

  @Test
  void asksTheServiceAboutEveryCause() {
    gateway.explaining(failure ->
        failure instanceof ArithmeticException ? Optional.of("no numbers") : Optional.empty());

    assertThat(gateway.problems(new IllegalStateException(new ArithmeticException()), null))
        .containsExactly("no numbers");
    assertThat(gateway.problems(new IllegalStateException(), null)).isEmpty();
  }

  private static YAMLException yaml(String text) {
    try {
      new Yaml().load(text);
    } catch (YAMLException e) {
      return e;
    }
    throw new AssertionError("is YAML: " + text);
  }
}
