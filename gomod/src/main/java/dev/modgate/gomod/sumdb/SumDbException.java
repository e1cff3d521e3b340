package dev.modgate.gomod.sumdb;

/// Something is not what the checksum database has signed. The message says why, for people.
public final class SumDbException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Misbehaviour misbehaviour;

  SumDbException(Misbehaviour misbehaviour) {
    super(misbehaviour.sentence());
    this.misbehaviour = misbehaviour;
  }

  static SumDbException malformed(String sentence) {
    return new SumDbException(new Misbehaviour.Malformed(sentence));
  }

  static SumDbException forged(String sentence) {
    return new SumDbException(new Misbehaviour.Forged(sentence));
  }

  static SumDbException wrongRecord(String sentence) {
    return new SumDbException(new Misbehaviour.WrongRecord(sentence));
  }

  public Misbehaviour misbehaviour() {
    return misbehaviour;
  }

  /// Never null, unlike [#getMessage].
  public String sentence() {
    return misbehaviour.sentence();
  }
}
