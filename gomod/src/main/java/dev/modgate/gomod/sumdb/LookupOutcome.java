package dev.modgate.gomod.sumdb;

/// What came of a lookup. That the database can't be reached is an `IOException` instead.
public sealed interface LookupOutcome {
  /// The database has signed these hashes.
  record Proven(SumDbProof proof) implements LookupOutcome {}

  /// The database does not know the module version.
  ///
  /// @param text what it says about that, as it came: not fit to be shown unquoted
  record Absent(String text) implements LookupOutcome {}

  /// What came must not be believed.
  record Misbehaving(Misbehaviour misbehaviour) implements LookupOutcome {}
}
