package dev.modgate.gomod.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.module.FilePath;
import dev.modgate.gomod.module.ImportPath;
import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.oracle.XMod.Name;
import dev.modgate.gomod.oracle.XMod.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Compares our verdicts on names with those of `golang.org/x/mod/module`: over the data file
/// `names.txt`, over random ones, and over every letter that there is.
final class XModNamesTest {
  private static final int RANDOM_NAMES = 200_000;

  /// Of what the rules look at.
  private static final List<String> PIECES =
      List.of(
          "a",
          "B",
          "1",
          "0",
          "v2",
          "v1",
          "/v3",
          "/v0",
          ".",
          "..",
          "/",
          "//",
          "-",
          "~",
          "~1",
          "_",
          "+",
          "!",
          "@",
          " ",
          "con",
          "NUL",
          "com1",
          "gopkg.in/",
          ".v2",
          "-unstable",
          "example.com/",
          "\u00e9",
          "\u0301",
          "\ud801\uddc0",
          "\u212a",
          "\\",
          ":",
          "\0",
          "\n",
          "go.mod");

  @BeforeAll
  static void buildOnce() throws IOException {
    XMod.buildOnce();
  }

  @Test
  void agreesOnTheNamesOfTheDataFile() throws Exception {
    Set<Name> stricter = new HashSet<>();
    List<Name> names = namesOfTheDataFile(stricter);

    List<Verdict> theirs = XMod.names(names);

    for (int i = 0; i < names.size(); i++) {
      boolean expected = theirs.get(i).accepted() && !stricter.contains(names.get(i));
      assertThat(accepts(names.get(i))).as(names.get(i) + ": " + theirs.get(i)).isEqualTo(expected);
      assertThat(theirs.get(i).accepted() || !stricter.contains(names.get(i)))
          .as(names.get(i) + " is refused by both")
          .isTrue();
    }
  }

  @Test
  void agreesOnRandomNames() throws Exception {
    var random = new Random(4);
    var names = new ArrayList<Name>();
    for (int i = 0; i < RANDOM_NAMES; i++) {
      names.add(randomName(random, List.of("path", "import", "file").get(i % 3)));
    }

    List<Verdict> theirs = XMod.names(names);

    int accepted = 0;
    for (int i = 0; i < names.size(); i++) {
      assertThat(accepts(names.get(i)))
          .as(names.get(i) + ": " + theirs.get(i))
          .isEqualTo(theirs.get(i).accepted());
      accepted += theirs.get(i).accepted() ? 1 : 0;
    }
    assertThat(accepted).isBetween(RANDOM_NAMES / 100, RANDOM_NAMES * 9 / 10);
  }

  @Test
  void knowsTheSameLetters() throws Exception {
    Set<Integer> theirs = new HashSet<>();
    for (String line : XMod.letters()) {
      theirs.add(Integer.parseInt(line.substring(0, line.indexOf(' ')), 16));
    }

    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
      if (c >= 0x80 && !surrogate) {
        assertThat(FilePath.fault(Character.toString(c)).isEmpty())
            .as("U+" + Integer.toHexString(c))
            .isEqualTo(theirs.contains(c));
      }
    }
  }

  private static Name randomName(Random random, String kind) {
    var text = new StringBuilder(kind.equals("path") ? "example.com" : "");
    if (random.nextInt(4) == 0) {
      text.setLength(0);
    }
    int pieces = 1 + random.nextInt(5);
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return new Name(kind, text.toString());
  }

  private static boolean accepts(Name name) {
    return switch (name.kind()) {
      case "path" -> isValid(() -> new ModulePath(name.text()));
      case "import" -> ImportPath.fault(name.text()).isEmpty();
      case "file" -> FilePath.fault(name.text()).isEmpty();
      case "module" -> isValid(() -> ModuleVersion.parse(name.text()));
      default -> throw new IllegalArgumentException(name.kind());
    };
  }

  private static boolean isValid(Runnable parse) {
    try {
      parse.run();
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static List<Name> namesOfTheDataFile(Set<Name> stricter) throws IOException {
    var names = new ArrayList<Name>();
    try (InputStream in = OracleCache.resource("/xmod/names.txt")) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
        if (line.isBlank() || line.startsWith("#")) {
          continue;
        }
        String[] fields = line.split(" ", 2);
        boolean ours = fields[1].startsWith("stricter ");
        String text = ours ? fields[1].substring("stricter ".length()) : fields[1];
        var name = new Name(fields[0], unescape(text));
        names.add(name);
        if (ours) {
          stricter.add(name);
        }
      }
    }
    return names;
  }

  private static String unescape(String text) {
    return Pattern.compile("\\\\u([0-9a-f]{4})")
        .matcher(text)
        .replaceAll(match -> {
          String c = String.valueOf((char) Integer.parseInt(match.group(1), 16));
          return c.equals("\\") ? "\\\\" : c;
        });
  }
}
