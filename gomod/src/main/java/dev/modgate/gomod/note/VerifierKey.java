package dev.modgate.gomod.note;

import java.security.InvalidKeyException;
import java.security.PublicKey;

/// The public key of one signer, written `name+hash+base64`. Two are equal when their texts are.
public final class VerifierKey {
  private final String name;
  private final int hash;
  private final String text;
  private final PublicKey key;

  private VerifierKey(String name, byte[] raw, PublicKey key) {
    this.name = name;
    this.hash = KeyText.hash(name, raw);
    this.text = KeyText.format(name, hash, raw);
    this.key = key;
  }

  /// @throws IllegalArgumentException naming the text, unless it is a secret, and what is wrong
  ///   with it
  public static VerifierKey parse(String text) {
    if (SigningKey.isIn(text)) {
      throw new IllegalArgumentException(
          "verifier key is a signing key, want its public half, name+hash+key");
    }
    String subject = KeyText.quoted("verifier key", text);
    KeyText parsed = KeyText.parse(subject, text);
    parsed.checkHash(subject, parsed.raw());
    return of(subject, parsed.name(), parsed.raw());
  }

  /// @param name valid
  static VerifierKey of(String subject, String name, byte[] raw) {
    try {
      return new VerifierKey(name, raw, Ed25519.publicKey(raw));
    } catch (InvalidKeyException e) {
      throw new IllegalArgumentException(subject + " holds no point of the curve", e);
    }
  }

  /// The signer's name; of a checksum database the host, and path if any, at which it is found.
  public String name() {
    return name;
  }

  /// 32 bits of which any may be set.
  public int keyHash() {
    return hash;
  }

  /// `name+hash`, as error sentences call a key.
  public String id() {
    return name + "+" + KeyText.hex(hash);
  }

  /// Whether the signature, of 64 bytes, is this key's of these bytes.
  public boolean verify(byte[] message, byte[] signature) {
    return Ed25519.verify(key, message, signature);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerifierKey that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /// What [#parse] reads.
  @Override
  public String toString() {
    return text;
  }
}
