package dev.modgate.gomod.fuzz;

import static dev.modgate.gomod.fuzz.Answer.orRefusal;
import static dev.modgate.gomod.fuzz.Answer.same;

import dev.modgate.gomod.gosum.GoSum;
import dev.modgate.gomod.gosum.GoSumException;
import dev.modgate.gomod.graph.GraphRoots;
import dev.modgate.gomod.modfile.GoMod;
import dev.modgate.gomod.modfile.GoModException;
import dev.modgate.gomod.modfile.GoWork;
import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.proxy.ProxyList;
import dev.modgate.gomod.proxy.ProxyPath;
import dev.modgate.gomod.proxy.ProxyRequest;
import dev.modgate.gomod.proxy.VersionInfo;
import dev.modgate.gomod.proxy.VersionInfoException;
import dev.modgate.gomod.proxy.VersionListFile;
import dev.modgate.gomod.semver.Version;
import dev.modgate.gomod.vendor.VendoredModules;
import dev.modgate.gomod.zip.ModuleZip;
import dev.modgate.gomod.zip.ZipReport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;

/// Of modules, and of what proxies say about them.
final class ModuleAnswers {
  private static final ModuleVersion MODULE = ModuleVersion.parse("example.com/m@v1.0.0");

  private ModuleAnswers() {}

  /// The JDK must find in an accepted zip what we have found.
  static String zip(byte[] input) throws IOException {
    ZipReport report = ModuleZip.inspect(new BytesChannel(input), MODULE);
    report.hash().ifPresent(hash -> JdkZip.check(input, hash));
    report.faults().forEach(fault -> Answer.sentence(fault.sentence()));
    return report.toString();
  }

  static String goSum(byte[] input) throws Exception {
    return orRefusal(
        GoSumException.class,
        () -> {
          String text = goSumText(input);
          return same(goSumText(text.getBytes(StandardCharsets.UTF_8)), text);
        });
  }

  private static String goSumText(byte[] input) throws IOException, GoSumException {
    return GoSum.parse(new ByteArrayInputStream(input), "go.sum").lines().stream()
        .map(line ->
            line.module().path()
                + " "
                + line.module().version()
                + (line.goMod() ? "/go.mod " : " ")
                + line.hash()
                + "\n")
        .collect(Collectors.joining());
  }

  /// What a main module may say, a dependency may say too, and then it says the same.
  static String goMod(byte[] input) throws Exception {
    String lax =
        orRefusal(
            GoModException.class,
            () -> {
              GoMod read = GoMod.parseLax(input, "go.mod");
              same(GoMod.declaredPath(input, "go.mod"), read.module());
              return read.toString();
            });
    String strict =
        orRefusal(
            GoModException.class,
            () -> {
              GoMod read = GoMod.parse(input, "go.mod");
              GoMod again = GoMod.parseLax(input, "go.mod");
              same(again.module(), read.module());
              same(again.go(), read.go());
              same(again.requires(), read.requires());
              return read.toString();
            });
    return lax + " " + strict;
  }

  /// What can be read can be walked from, or is refused with a sentence.
  static String goWork(byte[] input) throws Exception {
    return orRefusal(
        GoModException.class,
        () -> {
          GoWork read = GoWork.parse(input, "go.work");
          Map<String, GoMod> none = Map.of();
          return read
              + " "
              + orRefusal(
                  IllegalArgumentException.class,
                  () -> String.valueOf(GraphRoots.of(read, none) != null));
        });
  }

  static String vendored(byte[] input) {
    return VendoredModules.of(input, 1000).toString();
  }

  static String info(byte[] input) throws Exception {
    return orRefusal(
        VersionInfoException.class,
        () -> {
          VersionInfo info = VersionInfo.parse(input);
          String time = info.time().map(at -> ",\"Time\":\"" + at + "\"").orElse("");
          String json = "{\"Version\":\"" + info.version() + "\"" + time + "}";
          return same(VersionInfo.parse(json.getBytes(StandardCharsets.UTF_8)), info).toString();
        });
  }

  static String versionList(byte[] input) {
    SortedSet<Version> versions = VersionListFile.parse(input);
    return same(VersionListFile.parse(VersionListFile.format(versions)), versions).toString();
  }

  static String goProxy(byte[] input) throws Exception {
    return orRefusal(
        IllegalArgumentException.class,
        () -> {
          List<ProxyList.Entry> entries = ProxyList.parse(text(input));
          var text = new StringBuilder();
          entries.forEach(entry -> text.append(goProxyText(entry)));
          return same(ProxyList.parse(text.toString()), entries).toString();
        });
  }

  private static String goProxyText(ProxyList.Entry entry) {
    return switch (entry) {
      case ProxyList.Direct() -> "direct";
      case ProxyList.Off() -> "off";
      case ProxyList.Upstream upstream ->
          upstream.text() + (upstream.next() == ProxyList.Next.IF_FAILED ? "|" : ",");
    };
  }

  /// A file has one path.
  static String request(byte[] input) {
    String path = text(input);
    Optional<ProxyRequest> request = ProxyPath.parse(path);
    request.ifPresent(r -> same(path(r), path));
    return request.toString();
  }

  private static String path(ProxyRequest request) {
    return switch (request) {
      case ProxyRequest.Latest(var module) -> ProxyPath.latest(module);
      case ProxyRequest.VersionList(var module) -> ProxyPath.list(module);
      case ProxyRequest.Info(var module) -> ProxyPath.info(module);
      case ProxyRequest.Mod(var module) -> ProxyPath.mod(module);
      case ProxyRequest.Zip(var module) -> ProxyPath.zip(module);
    };
  }

  /// Two versions, one a line, have the same order from both sides, and are equal only when their
  /// texts are.
  static String version(byte[] input) throws Exception {
    String[] lines = text(input).split("\n", 2);
    return orRefusal(
        IllegalArgumentException.class,
        () -> {
          Version first = Version.parse(lines[0]);
          Version second = Version.parse(lines[lines.length - 1]);
          int order = Integer.signum(first.compareTo(second));
          same(-Integer.signum(second.compareTo(first)), order);
          same(order == 0, first.toString().equals(second.toString()));
          same(first.toString(), lines[0]);
          same(first.pseudo().isPresent(), first.isPseudo());
          first.pseudo().flatMap(p -> p.base()).ifPresent(base -> before(base, first));
          return order + " " + first.pseudo();
        });
  }

  private static void before(Version base, Version pseudo) {
    if (base.compareTo(pseudo) >= 0) {
      throw new IllegalStateException(pseudo + " does not come after its base " + base);
    }
  }

  static String moduleVersion(byte[] input) throws Exception {
    String text = text(input);
    Class<? extends Exception> refusal = IllegalArgumentException.class;
    return orRefusal(refusal, () -> roundTrip(ModuleVersion.parse(text), text).toString())
        + orRefusal(refusal, () -> same(ModulePath.unescape(text).escaped(), text))
        + orRefusal(refusal, () -> ModuleVersion.unescapeVersion(text).toString());
  }

  private static ModuleVersion roundTrip(ModuleVersion module, String text) {
    same(module.toString(), text);
    return same(
        new ModuleVersion(
            ModulePath.unescape(module.path().escaped()),
            ModuleVersion.unescapeVersion(module.escapedVersion())),
        module);
  }

  static String text(byte[] input) {
    return new String(input, StandardCharsets.UTF_8);
  }
}
