package dev.modgate.pipeline.stage;

/// The end of a process that can't be trusted any more: one line on standard error, then exit code
/// [#EXIT_CODE], at once. Nothing is drained or closed: memory may be gone, a lock held for ever.
/// All that was in flight is done again after the next start, as after a kill.
///
/// What halts:
/// - in the work on one item: memory or threads that ran out, an error inside the virtual machine,
///   a class that can't be loaded or linked (its jar was replaced, say), also as the cause of
///   another exception. An overflow of the stack is a bug that the item brought to light, as any
///   other exception is: it leaves the stack unwound, and becomes a dead letter
/// - in a loop that works for all items: every error. Exceptions are tried again there
public final class Halt {
  /// Of a process that ended so.
  public static final int EXIT_CODE = 1;

  private Halt() {}

  /// Halts where the error leaves the whole process in doubt.
  ///
  /// @param who for the line: the consumer group, or a thread's name
  static void ifDue(String who, Throwable error) {
    if (isDue(error)) {
      throw now(who, error);
    }
  }

  static boolean isDue(Throwable error) {
    int depth = 0;
    for (Throwable t = error; t != null && depth < 50; t = t.getCause(), depth++) {
      if (t instanceof LinkageError
          || (t instanceof VirtualMachineError && !(t instanceof StackOverflowError))) {
        return true;
      }
    }
    return false;
  }

  /// For threads that must not end: what they throw halts.
  public static void uncaught(Thread thread, Throwable error) {
    var _ = now(thread.getName(), error);
  }

  /// Halts. Only one caller gets to say why.
  ///
  /// @return never
  public static synchronized Error now(String who, Throwable error) {
    try {
      System.err.print("modgate: "); // piece by piece, because joining them takes memory
      System.err.print(who);
      System.err.print(" ends this process, which can't be trusted any more: ");
      System.err.println(error);
      if (!(error instanceof VirtualMachineError)) {
        error.printStackTrace();
      }
    } finally {
      Runtime.getRuntime().halt(EXIT_CODE);
    }
    return new InternalError("halted");
  }
}
