package dev.modgate.backup;

/// Why a backup is not taken, or not restored; for people.
public final class BackupException extends Exception {
  private static final long serialVersionUID = 1L;

  BackupException(String sentence) {
    super(sentence);
  }
}
