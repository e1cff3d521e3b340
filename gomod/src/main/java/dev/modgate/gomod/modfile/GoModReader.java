package dev.modgate.gomod.modfile;

final class GoModReader {
  private GoModReader() {}

  static GoMod read(byte[] content, String fileName, GoMod.Mode mode) throws GoModException {
    if (!fileName.isEmpty()) {
      throw new UnsupportedOperationException("not yet: " + fileName + mode);
    }
    return new GoMod(
        java.util.Optional.empty(),
        java.util.Optional.empty(),
        java.util.Optional.empty(),
        java.util.Optional.empty(),
        java.util.List.of(),
        java.util.List.of(),
        java.util.List.of(),
        java.util.List.of(),
        java.util.List.of(),
        java.util.List.of(),
        java.util.List.of());
  }
}
