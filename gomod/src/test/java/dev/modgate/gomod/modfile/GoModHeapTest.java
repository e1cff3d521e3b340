package dev.modgate.gomod.modfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.heap.SmallJvm;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The largest files that a module's author can publish, read where there is little memory.
final class GoModHeapTest {
  private static final int MEBIBYTES = 48;

  private static final List<String> PATTERNS =
      List.of(
          "|a\n",
          "|//\n",
          "|(",
          "|( ",
          "|x",
          "|ß",
          "module |a",
          "module \"|a",
          "require (\n|a b\n",
          "require (\n|a b // indirect; c\n",
          "require ((\n|a b\n",
          "require (\n|//\n",
          "// |a",
          "module a.b/m // |a",
          "|require a\n",
          "|retract a // b\n",
          "go 1.26\n| (\n",
          "|\"a\" ",
          "|\n");

  @Test
  void aDependencysFileOf16MebibytesNeedsNoMoreThanItself() throws Exception {
    String[] patterns = PATTERNS.stream().map(GoModHeapTest::escaped).toArray(String[]::new);

    String printed = SmallJvm.run(MEBIBYTES, Lax.class, patterns);

    assertThat(printed).endsWith("read " + PATTERNS.size() + "\nexit 0");
  }

  @Test
  void aMainModulesFileIsBounded() throws Exception {
    assertThat(SmallJvm.run(MEBIBYTES, Strict.class, escaped("require (\n|a b\n")))
        .contains("file has more than 100000 directives")
        .endsWith("read\nexit 0");
  }

  private static String escaped(String pattern) {
    return pattern.replace("\n", "%n").replace("\"", "%q").replace("ß", "%s");
  }

  /// The text before the bar, then what is behind it again and again.
  private static byte[] file(String pattern, int length) {
    String text = pattern.replace("%n", "\n").replace("%q", "\"").replace("%s", "ß");
    byte[] start = text.substring(0, text.indexOf('|')).getBytes(StandardCharsets.UTF_8);
    byte[] rest = text.substring(text.indexOf('|') + 1).getBytes(StandardCharsets.UTF_8);
    byte[] file = Arrays.copyOf(start, length);
    for (int i = start.length; i < length; i++) {
      file[i] = rest[(i - start.length) % rest.length];
    }
    return file;
  }

  static final class Lax {
    public static void main(String[] args) {
      for (String pattern : args) {
        byte[] file = file(pattern, GoMod.MAX_BYTES);
        try {
          GoMod.declaredPath(file, "go.mod");
          GoMod.parseLax(file, "go.mod");
        } catch (GoModException e) {
          System.out.println(pattern + ": " + e.problems().size());
        }
      }
      System.out.println("read " + args.length);
    }
  }

  static final class Strict {
    public static void main(String[] args) {
      try {
        GoMod.parse(file(args[0], GoMod.MAX_MAIN_BYTES), "go.mod");
      } catch (GoModException e) {
        System.out.println(e.getMessage());
      }
      System.out.println("read");
    }
  }
}
