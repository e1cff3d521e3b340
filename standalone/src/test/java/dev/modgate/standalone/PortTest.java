package dev.modgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.BindException;
import org.junit.jupiter.api.Test;

final class PortTest {

  @Test
  void inUseIsSaidOnlyOfAPortThatIs() {
    assertThat(
            Standalone.refusal(8080, "--port", new BindException("Address already in use (Bind)")))
        .isEqualTo("port 8080 is in use by another process; choose another with --port");
    assertThat(Standalone.refusal(80, "--port", new BindException("Permission denied")))
        .isEqualTo(
            "port 80 on loopback can't be listened on (Permission denied); choose another with"
                + " --port");
  }
}
