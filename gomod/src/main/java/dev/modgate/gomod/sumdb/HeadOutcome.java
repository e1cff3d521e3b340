package dev.modgate.gomod.sumdb;

/// What came of asking for the newest tree head.
public sealed interface HeadOutcome {
  /// The served head is now the remembered one.
  record Current(SignedHead head) implements HeadOutcome {}

  /// A head came that is older than the remembered one, and the beginning of it; the database still
  /// has the remembered tree. A cache has answered.
  record Behind(SignedHead served, SignedHead remembered) implements HeadOutcome {}

  /// What came must not be believed.
  record Misbehaving(Misbehaviour misbehaviour) implements HeadOutcome {}
}
