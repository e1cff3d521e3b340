package dev.modgate.pipeline.stage;

/// Ends the process where its state is in doubt: whatever was in flight is done again at the next
/// start, while a process that goes on with half of its threads holds partitions and does nothing.
///
/// In the work on one item that is what [#concerns]; in a loop that works for all items, every
/// error. Exceptions of a loop are tried again, by the loop.
public final class Fatal {
  /// EX_SOFTWARE of sysexits.h; not zero, so that a supervisor starts the process again.
  public static final int EXIT_CODE = 70;

  private static final int MOST_CAUSES = 50;

  private Fatal() {}

  /// Whether the virtual machine itself failed (out of memory, an internal error), or can't load or
  /// link a class (its jar was replaced, say), also as the cause of something else. A stack
  /// overflow is a bug in handling one item and harms nobody else.
  static boolean concerns(Throwable error) {
    Throwable one = error;
    for (int depth = 0; one != null && depth < MOST_CAUSES; depth++) {
      if (one instanceof LinkageError
          || (one instanceof VirtualMachineError && !(one instanceof StackOverflowError))) {
        return true;
      }
      one = one.getCause();
    }
    return false;
  }

  /// For threads that must not end: what they throw ends the process.
  public static void uncaught(Thread thread, Throwable error) {
    halt(thread.getName(), error);
  }

  /// Says so in one line on standard error, and halts at once: no shutdown hooks, as they may wait
  /// for threads that are gone. Only the first caller gets to say why. Does not return.
  ///
  /// @param what of this process met the error
  public static synchronized void halt(String what, Throwable error) {
    try {
      System.err.print(what); // piece by piece, because joining them takes memory
      System.err.print(" can't go on, the process ends: ");
      System.err.println(error);
      if (!(error instanceof VirtualMachineError)) {
        error.printStackTrace();
      }
    } finally {
      Runtime.getRuntime().halt(EXIT_CODE);
    }
  }
}
