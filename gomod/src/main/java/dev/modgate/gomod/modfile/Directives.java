package dev.modgate.gomod.modfile;

import dev.modgate.gomod.quote.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Collects what the statements say. Each method refuses with an `IllegalArgumentException` whose
/// message is the sentence for the user.
final class Directives {
  private static final Pattern GO_VERSION =
      Pattern.compile("[1-9][0-9]*\\.(0|[1-9][0-9]*)(\\.(0|[1-9][0-9]*))?([a-z]+[0-9]+)?");
  private static final Pattern LAX_GO_VERSION =
      Pattern.compile("v?([1-9][0-9]*\\.(?:0|[1-9][0-9]*))[^0-9].*");
  private static final Pattern TOOLCHAIN = Pattern.compile("default|go1(\\..*)?");
  private static final Pattern DEPRECATED =
      Pattern.compile("(?:^|\n\n)Deprecated: *(.*?)(?:$|\n\n)", Pattern.DOTALL);

  private final GoMod.Mode mode;
  private @Nullable String module;
  private @Nullable String deprecated;
  private @Nullable String go;
  private @Nullable String toolchain;
  private final List<Require> requires = new ArrayList<>();
  private final List<Replace> replaces = new ArrayList<>();
  private final List<Exclude> excludes = new ArrayList<>();
  private final List<Retract> retracts = new ArrayList<>();
  private final List<String> tools = new ArrayList<>();
  private final List<Godebug> godebugs = new ArrayList<>();
  private final List<String> ignores = new ArrayList<>();
  private final List<Use> uses = new ArrayList<>();

  Directives(GoMod.Mode mode) {
    this.mode = mode;
  }

  void add(Statement s) {
    List<String> a = s.arguments();
    switch (s.verb()) {
      case "module" -> addModule(s);
      case "go" -> addGo(s);
      case "toolchain" -> addToolchain(s);
      case "require" -> {
        want(a.size() == 2, "require", "module/path v1.2.3");
        keep(
            requires,
            new Require(Token.unquote(a.get(0)), version(a.get(1)), isIndirect(s), s.line()));
      }
      case "exclude" -> {
        want(a.size() == 2, "exclude", "module/path v1.2.3");
        keep(excludes, new Exclude(Token.unquote(a.get(0)), version(a.get(1)), s.line()));
      }
      case "replace" -> keep(replaces, replace(s));
      case "retract" -> addRetract(s);
      case "tool" -> keep(tools, onlyArgument(s, "package/path"));
      case "ignore" -> keep(ignores, onlyArgument(s, "./folder"));
      case "godebug" -> addGodebug(s);
      case "use" -> keep(uses, new Use(onlyArgument(s, "./folder"), s.line()));
      default -> throw new IllegalArgumentException("unknown directive " + Quoted.of(s.verb()));
    }
  }

  private <T> void keep(List<T> list, T directive) {
    if (mode != GoMod.Mode.PATH) {
      list.add(directive);
    }
  }

  private void addModule(Statement s) {
    once(module, s.verb());
    module = onlyArgument(s, "module/path");
    Matcher m = DEPRECATED.matcher(s.comment());
    deprecated = m.find() ? m.group(1) : null;
  }

  private void addGo(Statement s) {
    once(go, s.verb());
    want(s.arguments().size() == 1, "go", "1.23.0");
    String version = s.arguments().getFirst();
    if (!GO_VERSION.matcher(version).matches()) {
      Matcher lax = LAX_GO_VERSION.matcher(version);
      if (mode.isStrict() || !lax.matches()) {
        throw new IllegalArgumentException(
            "go version " + Quoted.of(version) + " is not of the form 1.23.0");
      }
      version = lax.group(1);
    }
    go = version;
  }

  private void addToolchain(Statement s) {
    once(toolchain, s.verb());
    want(s.arguments().size() == 1, "toolchain", "go1.23.0");
    String name = s.arguments().getFirst();
    if (!TOOLCHAIN.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "toolchain " + Quoted.of(name) + " is not of the form go1.23.0 or default");
    }
    toolchain = name;
  }

  private void addGodebug(Statement s) {
    String text = s.arguments().size() == 1 ? s.arguments().getFirst() : "";
    int equals = text.indexOf('=');
    boolean plain = text.chars().noneMatch(c -> "\"`',".indexOf(c) >= 0);
    want(equals >= 0 && plain, "godebug", "key=value");
    keep(godebugs, new Godebug(text.substring(0, equals), text.substring(equals + 1), s.line()));
  }

  private Replace replace(Statement s) {
    List<String> a = s.arguments();
    int arrow = a.size() >= 2 && a.get(1).equals("=>") ? 1 : 2;
    int after = a.size() - arrow - 1;
    want(
        (after == 1 || after == 2) && a.get(arrow).equals("=>"),
        "replace",
        "module/path [v1.2.3] => other/module v1.4.0, or => ../folder");
    String with = Token.unquote(a.get(arrow + 1));
    if (isFolder(with) != (after == 1)) {
      throw new IllegalArgumentException(
          after == 1
              ? "replacement "
                  + Quoted.of(with)
                  + " has no version, so it must be a folder: / or . or .. at its beginning"
              : "replacement folder " + Quoted.of(with) + " cannot have a version");
    }
    return new Replace(
        Token.unquote(a.getFirst()),
        arrow == 2 ? Optional.of(version(a.get(1))) : Optional.empty(),
        with,
        after == 2 ? Optional.of(version(a.get(arrow + 2))) : Optional.empty(),
        s.line());
  }

  private void addRetract(Statement s) {
    List<String> a = s.arguments();
    boolean interval =
        a.size() == 5 && a.get(0).equals("[") && a.get(2).equals(",") && a.get(4).equals("]");
    boolean single = a.size() == 1 && !a.getFirst().equals("[");
    if (mode != GoMod.Mode.STRICT && !interval && !single) {
      return; // a form that a newer go may know
    }
    want(interval || single, "retract", "v1.2.3 or [v1.2.0, v1.2.3]");
    String low = version(a.get(interval ? 1 : 0));
    String high = interval ? version(a.get(3)) : low;
    keep(retracts, new Retract(low, high, s.comment(), s.line()));
  }

  private static String version(String token) {
    String version = Token.unquote(token);
    if (version.isEmpty()) {
      throw new IllegalArgumentException("version is empty");
    }
    return version;
  }

  private static String onlyArgument(Statement s, String form) {
    want(s.arguments().size() == 1, s.verb(), form);
    return Token.unquote(s.arguments().getFirst());
  }

  private static void want(boolean condition, String verb, String form) {
    if (!condition) {
      throw new IllegalArgumentException(verb + " should read \"" + verb + " " + form + "\"");
    }
  }

  private static void once(@Nullable String earlier, String verb) {
    if (earlier != null) {
      throw new IllegalArgumentException(
          "second " + verb + " directive; the first says " + Quoted.of(earlier));
    }
  }

  private static boolean isIndirect(Statement s) {
    String[] words = s.suffix().strip().split("\\s+", -1);
    return words[0].equals("indirect")
        ? words.length == 1
        : words[0].equals("indirect;") && words.length > 1;
  }

  private static boolean isFolder(String path) {
    return path.equals(".")
        || path.equals("..")
        || path.matches("(?s)(\\.{0,2}[/\\\\]|[A-Za-z]:).*");
  }

  GoMod toGoMod() {
    return new GoMod(
        Optional.ofNullable(module),
        Optional.ofNullable(deprecated),
        Optional.ofNullable(go),
        Optional.ofNullable(toolchain),
        requires,
        replaces,
        excludes,
        retracts,
        tools,
        godebugs,
        ignores);
  }

  GoWork toGoWork() {
    return new GoWork(
        Optional.ofNullable(go), Optional.ofNullable(toolchain), uses, replaces, godebugs);
  }
}
