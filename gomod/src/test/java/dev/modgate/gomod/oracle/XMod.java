package dev.modgate.gomod.oracle;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Asks `golang.org/x/mod`, through the little program among the test's resources.
///
/// The program is built once, into [OracleCache]; without `go`, or where x/mod can't be fetched,
/// the test is skipped.
public final class XMod {
  private static final Path FOLDER = OracleCache.ROOT.resolve("xmod");

  /// A name of some kind: path, import, file, module.
  record Name(String kind, String text) {
    String line() {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      return kind + "\t" + HexFormat.of().formatHex(utf8);
    }
  }

  /// @param h1 of a zip that is accepted
  record Verdict(boolean accepted, String h1, String line) {}

  private XMod() {}

  public static void buildOnce() throws IOException {
    OracleCache.copyResources(FOLDER, "/xmod/go.mod", "/xmod/go.sum", "/xmod/main.go");
    GoCommand.Result built =
        OracleCache.GO.run(FOLDER, Map.of(), 300, List.of("build", "-o", "xmod", "."));
    assumeTrue(built.exit() == 0, "golang.org/x/mod could not be built: " + built.out());
  }

  /// @param zips `module@version`, tab, file
  static List<Verdict> zips(List<String> zips) throws IOException, InterruptedException {
    return verdicts("zips", zips);
  }

  static List<Verdict> names(List<Name> names) throws IOException, InterruptedException {
    return verdicts("names", names.stream().map(Name::line).toList());
  }

  /// In hexadecimal: a letter, and the lowest one of those that it equals in folded case.
  public static List<String> letters() throws IOException, InterruptedException {
    return run("letters", Optional.empty());
  }

  private static List<Verdict> verdicts(String command, List<String> lines)
      throws IOException, InterruptedException {
    Path in = Files.createTempFile("xmod", ".in");
    try {
      Files.write(in, lines);
      List<Verdict> verdicts = run(command, Optional.of(in)).stream().map(XMod::verdict).toList();
      if (verdicts.size() != lines.size()) {
        throw new IOException(verdicts.size() + " answers to " + lines.size() + " questions");
      }
      return verdicts;
    } finally {
      Files.delete(in);
    }
  }

  private static Verdict verdict(String line) {
    boolean ok = line.equals("ok") || line.startsWith("ok ");
    return new Verdict(ok, ok ? line.substring("ok".length()).strip() : "", line);
  }

  private static List<String> run(String command, Optional<Path> in)
      throws IOException, InterruptedException {
    var arguments = new ArrayList<>(List.of(FOLDER.resolve("xmod").toString(), command));
    in.ifPresent(file -> arguments.add(file.toString()));
    Path out = Files.createTempFile("xmod", ".out");
    try {
      Process process =
          new ProcessBuilder(arguments)
              .redirectOutput(out.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      int exit = process.waitFor();
      if (exit != 0) {
        throw new IOException(arguments + " exited with " + exit);
      }
      return Files.readAllLines(out);
    } finally {
      Files.delete(out);
    }
  }
}
