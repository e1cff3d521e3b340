package dev.modgate.gomod.zip;

/// One thing that is wrong with a module zip.
///
/// @param sentence names the entry and both sides
public record ZipFault(Kind kind, String sentence) {

  /// What rule is broken. Grows with the rules.
  public enum Kind {
    /// No zip at all, or its directory cannot be read: nothing else was looked at.
    NOT_A_ZIP,
    /// The zip, its contents, its go.mod, its LICENSE or its directory is over a limit.
    TOO_LARGE,
    /// A zip feature that module zips do not have: encryption, ZIP64 sizes, other compression.
    UNSUPPORTED,
    /// An entry outside `module@version/`.
    PREFIX,
    /// A name that some platform cannot hold, or that leaves the folder.
    NAME,
    /// Two entries with one name, also under Unicode case folding, or a name that is a file and a
    /// directory.
    DUPLICATE,
    /// A go.mod that is not at the root, or not in lower case.
    GO_MOD_PLACE,
    /// A symbolic link, a device, or a directory with contents.
    IRREGULAR,
    /// The directory at the end and the header before the entry say different things, two entries
    /// share bytes, or bytes belong to none.
    DISAGREEMENT,
    /// The contents are not as declared: size, checksum, or broken compression.
    CONTENT
  }
}
