package dev.modgate.cli;

/// Ends a command with a sentence on standard error and an exit code.
final class CliException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  private CliException(ExitCode exitCode, String sentence) {
    super(sentence);
    this.exitCode = exitCode;
  }

  static CliException failed(String sentence) {
    return new CliException(ExitCode.FAILED, sentence);
  }

  static CliException usage(String sentence) {
    return new CliException(ExitCode.USAGE, sentence);
  }

  static CliException notReachable(String sentence) {
    return new CliException(ExitCode.NOT_REACHABLE, sentence);
  }

  ExitCode exitCode() {
    return exitCode;
  }
}
