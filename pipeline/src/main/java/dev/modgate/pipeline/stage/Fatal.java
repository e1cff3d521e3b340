package dev.modgate.pipeline.stage;

/// Ends the process where its state is in doubt: whatever was in flight is done again at the next
/// start, while a process that goes on with half of its threads holds partitions and does nothing.
public final class Fatal {
  /// EX_SOFTWARE of sysexits.h; not zero, so that a supervisor starts the process again.
  public static final int EXIT_CODE = 70;

  private Fatal() {}

  /// Whether the virtual machine itself failed: out of memory, an internal error. A stack overflow
  /// is a bug in handling one item and harms nobody else.
  static boolean concerns(Throwable error) {
    return error instanceof VirtualMachineError && !(error instanceof StackOverflowError);
  }

  /// Says so in one line on standard error, and halts at once: no shutdown hooks, as they may wait
  /// for threads that are gone.
  ///
  /// @param what of this process met the error
  public static void halt(String what, Throwable error) {
    System.err.println(what + " can't go on, the process ends: " + error);
    Runtime.getRuntime().halt(EXIT_CODE);
  }
}
