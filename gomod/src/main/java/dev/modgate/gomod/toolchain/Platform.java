package dev.modgate.gomod.toolchain;

import dev.modgate.gomod.quote.Quoted;
import java.util.Locale;
import java.util.Set;

/// What a toolchain runs on, as `go env GOOS GOARCH` says it. Which pairs a release has, only its
/// source knows.
///
/// The words are those of Go's `internal/syslist`, which are never taken away again.
///
/// @param os such as `linux`
/// @param arch such as `amd64`
public record Platform(String os, String arch) {
  private static final Set<String> SYSTEMS =
      words(
          "aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9"
              + " solaris wasip1 windows zos");
  private static final Set<String> PROCESSORS =
      words(
          "386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le mips64p32"
              + " mips64p32le ppc ppc64 ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm");

  /// @throws IllegalArgumentException naming the word that Go does not know
  public Platform {
    require(os, SYSTEMS, "GOOS", os + "/" + arch);
    require(arch, PROCESSORS, "GOARCH", os + "/" + arch);
  }

  private static Set<String> words(String text) {
    return Set.of(text.split(" ", -1));
  }

  private static void require(String word, Set<String> known, String what, String platform) {
    if (!known.contains(word)) {
      throw new IllegalArgumentException(
          "platform "
              + Quoted.of(platform)
              + " has "
              + what
              + " "
              + Quoted.of(word)
              + ", which Go does not know; want GOOS/GOARCH as go env GOOS GOARCH says them, such"
              + " as linux/amd64");
    }
  }

  /// @param text `linux/amd64`
  /// @throws IllegalArgumentException naming the text
  public static Platform parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException(
          "platform " + Quoted.of(text) + " is not of the form GOOS/GOARCH, as in linux/amd64");
    }
    return new Platform(text.substring(0, slash), text.substring(slash + 1));
  }

  /// That of a Java virtual machine.
  ///
  /// @throws IllegalArgumentException where Go has no name for it
  /// @param osName its `os.name`
  /// @param osArch its `os.arch`
  public static Platform ofJava(String osName, String osArch) {
    String name = osName.toLowerCase(Locale.ROOT).replace(" ", "");
    String arch = osArch.toLowerCase(Locale.ROOT);
    return new Platform(
        name.startsWith("windows")
            ? "windows"
            : switch (name) {
              case "macosx" -> "darwin";
              case "sunos" -> "solaris";
              default -> name;
            },
        switch (arch) {
          case "x86_64" -> "amd64";
          case "x86", "i386", "i486", "i586", "i686" -> "386";
          case "aarch64" -> "arm64";
          case "loongarch64" -> "loong64";
          default -> arch;
        });
  }

  @Override
  public String toString() {
    return os + "/" + arch;
  }
}
