package dev.modgate.gomod.fuzz;

import dev.modgate.gomod.tlog.TlogException;
import dev.modgate.gomod.tlog.TlogHash;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the changes begin with: the tests' data files, right and broken.
final class Seeds {
  private static final Path RESOURCES = Path.of("src", "test", "resources");
  private static final Path DATA = RESOURCES.resolve(Path.of("dev", "modgate", "gomod"));

  private Seeds() {}

  static List<byte[]> of(Parser parser) throws IOException, TlogException {
    return switch (parser) {
      case ZIP -> files(DATA.resolve("zip"), ".zip");
      case GO_SUM -> with(files(RESOURCES.resolve("gosum")), start("caddy/go.sum"));
      case GO_MOD -> with(files(RESOURCES.resolve("modfile")), start("caddy/go.mod"), GO_MOD);
      case GO_WORK ->
          texts(
              "go 1.25.4\ntoolchain go1.26.0\nuse ./a\nuse (\n\t./b\n\t\"../c\"\n)\n",
              "replace example.com/b v1.0.0 => example.com/c v1.2.3\ngodebug default=go1.21\n");
      case VENDORED ->
          texts(
              "# example.com/a v1.0.0\n## explicit; go 1.25\nexample.com/a\n",
              "# example.com/a v1.0.0 => example.com/b v1.1.0\n# example.com/c v1.0.0 => ./c\n");
      case INFO -> files(DATA.resolve("proxy"));
      case VERSION_LIST -> texts("v1.0.0\nv1.1.0-rc.1\nv2.0.0+incompatible\n", "v1.0.0 \r\n\n");
      case GOPROXY ->
          texts(
              "https://a.example,https://b.example/go|direct",
              "http://user:secret@a.example:8080/x,off",
              "file:///a/b");
      case REQUEST ->
          texts(
              "github.com/!burnt!sushi/toml/@v/v1.4.0.zip",
              "example.com/m/@v/v1.0.0-!r!c1.info",
              "example.com/m/@v/list",
              "example.com/m/@latest");
      case VERSION ->
          texts(
              "v1.0.0-rc.1\nv1.0.0",
              "v2.0.1-0.20200101000000-abcdefabcdef\nv2.0.0+incompatible",
              "v0.0.0-20200101000000-abcdefabcdef\nv1.2.3-pre.0.20200101000000-abcdefabcdef");
      case MODULE_VERSION ->
          texts(
              "example.com/m@v1.0.0",
              "gopkg.in/yaml.v2@v2.4.0",
              "github.com/!burnt!sushi/toml",
              "v1.0.0-!r!c1",
              "example.com/m/v2@v2.0.1-0.20200101000000-abcdefabcdef");
      case NOTE -> with(files(DATA.resolve("note")), bytes(TestLog.note()));
      case VERIFIER_KEY ->
          texts(
              TestLog.KEY.toString(),
              "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8");
      case TREE_HEAD -> texts(TestLog.HEAD.text(), TestLog.HEAD.text() + "more\n");
      case TILE_PATH ->
          texts("tile/8/0/x123/x456/789", "tile/8/data/000", "tile/2/63/001.p/3", "tile/30/1/001");
      case TILES -> List.of(tiles());
      case LOG_PROOFS -> texts(lines(LogAnswers.recordProof()), lines(LogAnswers.treeProof()));
      case LOOKUP_REPLY ->
          with(files(DATA.resolve(Path.of("sumdb", "bad"))), bytes(TestLog.reply()));
      case DATABASE_PROOF ->
          texts(
              "example.com/m@v1.0."
                  + TestLog.RECORD
                  + "\n"
                  + lines(LogAnswers.recordProof())
                  + "\n"
                  + TestLog.reply());
      case GOSUMDB ->
          texts(
              "sum.golang.org",
              "sum.golang.google.cn",
              "off",
              TestLog.KEY + " https://sum.example.com/path",
              "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8");
      case GONOSUMDB ->
          texts("*.corp.example.com,rsc.io/private", "git.[a-z^]*/te?m, g\\it.*.[^b]xample.com/");
    };
  }

  private static byte[] tiles() {
    var all = new ByteArrayOutputStream();
    LogAnswers.tiles().forEach(tile -> all.writeBytes(TestLog.LOG.tile(tile)));
    return all.toByteArray();
  }

  private static String lines(List<TlogHash> hashes) {
    return hashes.stream().map(hash -> hash + "\n").collect(Collectors.joining());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static final byte[] GO_MOD =
      """
      // Deprecated: use v2
      module example.com/m // and why

      go 1.25.4

      toolchain go1.26.0

      godebug default=go1.21

      require (
      \texample.com/a v1.0.0 // indirect
      \t"example.com/b" v0.0.0-20200101000000-abcdefabcdef
      )

      exclude example.com/a v1.0.1

      replace example.com/a => ../a

      replace example.com/b v1.0.0 => example.com/c v1.2.3

      retract [v1.0.0, v1.0.5] // wrong

      tool example.com/a/cmd
      """
          .getBytes(StandardCharsets.UTF_8);

  private static List<byte[]> texts(String... texts) {
    return Stream.of(texts).map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
  }

  private static List<byte[]> with(List<byte[]> seeds, byte[]... more) {
    List<byte[]> all = new ArrayList<>(seeds);
    all.addAll(List.of(more));
    return all;
  }

  /// What stands in the first lines of a file.
  private static byte[] start(String file) throws IOException {
    byte[] all = Files.readAllBytes(RESOURCES.resolve(file));
    return Arrays.copyOf(all, Math.min(all.length, 3000));
  }

  static List<byte[]> files(Path folder) throws IOException {
    return files(folder, "");
  }

  /// None where there is no such folder.
  private static List<byte[]> files(Path folder, String ending) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      List<byte[]> contents = new ArrayList<>();
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        if (file.toString().endsWith(ending)) {
          contents.add(Files.readAllBytes(file));
        }
      }
      return contents;
    }
  }
}
