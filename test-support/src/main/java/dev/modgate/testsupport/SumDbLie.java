package dev.modgate.testsupport;

import dev.modgate.gomod.module.ModuleVersion;

/// How a [FakeSumDb] lies in what it answers.
public sealed interface SumDbLie {
  /// As any server may break: another status, an empty or a foreign body, a body without end.
  record Wire(Fault fault) implements SumDbLie {}

  /// This text in place of the record, beside its own number and head.
  record ForgedRecord(String text) implements SumDbLie {}

  /// The true record of another module version.
  record OtherRecord(ModuleVersion module) implements SumDbLie {}

  /// The true record of another module version, and below the signed head, in the signed text,
  /// lines of anything.
  record LinesInHead(ModuleVersion module, String lines) implements SumDbLie {}

  /// One bit of a tile is flipped.
  ///
  /// @param at the byte
  record ForgedTile(int at) implements SumDbLie {}

  /// The head has no signature but a stranger's.
  record Unsigned() implements SumDbLie {}

  /// The head is signed by another key that says it is the database's.
  record WrongKey() implements SumDbLie {}

  /// The head has another hash, and is signed.
  record WrongRoot() implements SumDbLie {}

  static SumDbLie status(int status, String text) {
    return new Wire(Fault.status(status, text));
  }

  /// 200, and nothing.
  static SumDbLie empty() {
    return new Wire(new Fault.Replace("text/plain; charset=utf-8", ""));
  }

  static SumDbLie endless() {
    return new Wire(new Fault.Endless(0));
  }
}
