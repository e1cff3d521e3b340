package dev.modgate.cli;

/// What the process tells its caller.
enum ExitCode {
  DONE(0),
  FAILED(1),
  USAGE(2),
  NOT_REACHABLE(3);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
