package dev.modgate.gomod.note;

import java.security.PrivateKey;
import java.security.SecureRandom;

/// A key that signs notes, written `PRIVATE+KEY+name+hash+base64`. Neither [#toString] nor an error
/// shows the secret.
public final class SigningKey {
  private static final String PREFIX = "PRIVATE+KEY+";
  private static final String SUBJECT = "signing key";

  private final byte[] seed;
  private final PrivateKey key;
  private final VerifierKey verifier;

  private SigningKey(String name, byte[] seed, byte[] publicKey) {
    this.seed = seed;
    this.key = Ed25519.privateKey(seed);
    this.verifier = VerifierKey.of(SUBJECT, name, publicKey);
  }

  /// @throws IllegalArgumentException saying what is wrong with the text, without the text
  public static SigningKey parse(String text) {
    if (!text.startsWith(PREFIX)) {
      throw new IllegalArgumentException(SUBJECT + " does not begin with " + PREFIX);
    }
    KeyText parsed = KeyText.parse(SUBJECT, text.substring(PREFIX.length()));
    byte[] publicKey = Ed25519.publicKeyOf(parsed.raw());
    parsed.checkHash(SUBJECT, publicKey);
    return new SigningKey(parsed.name(), parsed.raw(), publicKey);
  }

  /// Whether there is such a key in the text, which no sentence may show then.
  public static boolean isIn(String text) {
    return text.contains(PREFIX);
  }

  /// A new key.
  ///
  /// @throws IllegalArgumentException when there can't be a key of this name
  public static SigningKey generate(String name, SecureRandom random) {
    String fault = KeyName.fault(name);
    if (fault != null) {
      throw new IllegalArgumentException(KeyText.quoted("key name", name) + " " + fault);
    }
    byte[] seed = new byte[Ed25519.KEY_BYTES];
    random.nextBytes(seed);
    return new SigningKey(name, seed, Ed25519.publicKeyOf(seed));
  }

  public VerifierKey verifierKey() {
    return verifier;
  }

  /// 64 bytes, always the same for the same message.
  public byte[] sign(byte[] message) {
    return Ed25519.sign(key, message);
  }

  /// What [#parse] reads: who has it, signs.
  public String secretText() {
    return PREFIX + KeyText.format(verifier.name(), verifier.keyHash(), seed);
  }

  @Override
  public String toString() {
    return PREFIX + verifier.id() + "+(secret)";
  }
}
