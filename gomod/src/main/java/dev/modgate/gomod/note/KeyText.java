package dev.modgate.gomod.note;

import dev.modgate.gomod.quote.Quoted;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// `name+hash+base64(type || 32 bytes)`, the form of verifier keys and, behind a prefix, of signing
/// keys.
final class KeyText {
  private static final byte ED25519 = 1;

  /// Four times what a name needs; a key is a setting, or a file of one line.
  private static final int MAX_LENGTH = 1024;

  private final String name;
  private final int hash;
  private final byte[] raw;

  private KeyText(String name, int hash, byte[] raw) {
    this.name = name;
    this.hash = hash;
    this.raw = raw;
  }

  /// @param subject what a sentence calls the text, which may be a secret
  /// @throws IllegalArgumentException saying what is wrong with the text
  static KeyText parse(String subject, String text) {
    if (text.length() > MAX_LENGTH) {
      throw bad(subject, "is longer than " + MAX_LENGTH + " characters");
    }
    String[] parts = text.split("\\+", 3);
    if (parts.length < 3) {
      throw bad(subject, "is not of the form name+hash+key");
    }
    String nameFault = KeyName.fault(parts[0]);
    if (nameFault != null) {
      throw bad(subject, "has a name that " + nameFault);
    }
    if (!parts[1].matches("[0-9A-Fa-f]{8}")) {
      throw bad(subject, "has a hash that is not 8 hexadecimal digits");
    }
    byte[] key = CanonicalBase64.decode(parts[2]);
    if (key == null || key.length == 0) {
      throw bad(subject, "has a key that is not base64");
    }
    if (key[0] != ED25519) {
      throw bad(subject, "is of type " + (key[0] & 0xff) + ", only 1 (Ed25519) is known");
    }
    if (key.length != 1 + Ed25519.KEY_BYTES) {
      throw bad(
          subject, "holds " + (key.length - 1) + " bytes, an Ed25519 key has " + Ed25519.KEY_BYTES);
    }
    byte[] raw = new byte[Ed25519.KEY_BYTES];
    System.arraycopy(key, 1, raw, 0, raw.length);
    return new KeyText(parts[0], HexFormat.fromHexDigits(parts[1]), raw);
  }

  static String format(String name, int hash, byte[] raw) {
    return name + "+" + hex(hash) + "+" + CanonicalBase64.encode(typed(raw));
  }

  static int hash(String name, byte[] publicKey) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(name.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) '\n');
      return ByteBuffer.wrap(digest.digest(typed(publicKey))).getInt();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  /// @throws IllegalArgumentException when the hash in the text is another
  void checkHash(String subject, byte[] publicKey) {
    int computed = hash(name, publicKey);
    if (computed != hash) {
      throw bad(subject, "says hash " + hex(hash) + " but its key has " + hex(computed));
    }
  }

  static String hex(int hash) {
    return HexFormat.of().toHexDigits(hash);
  }

  static String quoted(String what, String text) {
    return what + " " + Quoted.of(text);
  }

  static IllegalArgumentException bad(String subject, String why) {
    return new IllegalArgumentException(subject + " " + why);
  }

  String name() {
    return name;
  }

  /// Not copied.
  byte[] raw() {
    return raw;
  }

  private static byte[] typed(byte[] raw) {
    byte[] typed = new byte[1 + raw.length];
    typed[0] = ED25519;
    System.arraycopy(raw, 0, typed, 1, raw.length);
    return typed;
  }
}
