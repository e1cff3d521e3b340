package dev.modgate.gomod.note;

import dev.modgate.gomod.quote.Quoted;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// A line below a note, verified or not.
///
/// @param name of the key
/// @param base64 the hash of the key and the signature
public record NoteSignature(String name, String base64) {
  private static final int HASH_BYTES = Integer.BYTES;

  static final String PREFIX = "— ";

  /// @throws IllegalArgumentException when no note could have this line
  public NoteSignature {
    String fault = KeyName.fault(name);
    if (fault != null) {
      throw new IllegalArgumentException(
          "signature has the name " + Quoted.of(name) + ", which " + fault);
    }
    byte[] bytes = CanonicalBase64.decode(base64);
    if (bytes == null || bytes.length <= HASH_BYTES) {
      throw new IllegalArgumentException(
          "signature of " + Quoted.of(name) + " is not the base64 of a key hash and a signature");
    }
  }

  static NoteSignature of(SigningKey key, byte[] text) {
    byte[] signature = key.sign(text);
    byte[] bytes =
        ByteBuffer.allocate(HASH_BYTES + signature.length)
            .putInt(key.verifierKey().keyHash())
            .put(signature)
            .array();
    return new NoteSignature(key.verifierKey().name(), CanonicalBase64.encode(bytes));
  }

  /// A line without its line feed.
  static NoteSignature parse(String line) {
    int space = line.indexOf(' ', PREFIX.length());
    if (!line.startsWith(PREFIX) || space < 0) {
      throw new IllegalArgumentException("line " + Quoted.of(line) + " is no signature");
    }
    return new NoteSignature(line.substring(PREFIX.length(), space), line.substring(space + 1));
  }

  public int keyHash() {
    return ByteBuffer.wrap(bytes()).getInt();
  }

  /// Without the hash of the key.
  public byte[] signature() {
    byte[] bytes = bytes();
    return Arrays.copyOfRange(bytes, HASH_BYTES, bytes.length);
  }

  /// `name+hash`, as error sentences call a key.
  public String keyId() {
    return name + "+" + KeyText.hex(keyHash());
  }

  boolean isOf(VerifierKey key) {
    return name.equals(key.name()) && keyHash() == key.keyHash();
  }

  private byte[] bytes() {
    byte[] bytes = CanonicalBase64.decode(base64);
    if (bytes == null) {
      throw new IllegalStateException("checked when it was made");
    }
    return bytes;
  }

  /// As the line stands in a note, without its line feed.
  @Override
  public String toString() {
    return PREFIX + name + " " + base64;
  }
}
