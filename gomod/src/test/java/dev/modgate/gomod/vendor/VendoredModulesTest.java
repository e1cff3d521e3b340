package dev.modgate.gomod.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.module.ModuleVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VendoredModulesTest {
  private static final String TEXT =
      """
      # example.com/a v1.0.0
      ## explicit; go 1.25
      example.com/a/x
      # example.com/b v1.0.0 => example.com/fork v1.2.0
      # example.com/c v1.0.0 => ../c
      # example.com/d => ./d
      # example.com/e master
      # example.com/a v1.0.0
      """;

  @Test
  void namesWhatWouldBeDownloaded() {
    assertThat(of(TEXT, 100)).containsExactly("example.com/a@v1.0.0", "example.com/fork@v1.2.0");
  }

  @Test
  void readsNoMoreThanItIsAllowed() {
    assertThat(of(TEXT, 1)).containsExactly("example.com/a@v1.0.0");
  }

  private static List<String> of(String text, int most) {
    return VendoredModules.of(text.getBytes(StandardCharsets.UTF_8), most).stream()
        .map(ModuleVersion::toString)
        .toList();
  }
}
