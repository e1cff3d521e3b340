package dev.modgate.gomod.note;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/// Ed25519 (RFC 8032) over raw keys of 32 bytes, which the JDK takes and gives in wrappings only.
final class Ed25519 {
  static final int KEY_BYTES = 32;

  private static final String NAME = "Ed25519";

  /// SubjectPublicKeyInfo up to the key itself (RFC 8410, section 4).
  private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private Ed25519() {}

  /// @throws InvalidKeyException when the bytes are no point of the curve
  static PublicKey publicKey(byte[] raw) throws InvalidKeyException {
    byte[] wrapped = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + KEY_BYTES);
    System.arraycopy(raw, 0, wrapped, X509_PREFIX.length, KEY_BYTES);
    try {
      var key = KeyFactory.getInstance(NAME).generatePublic(new X509EncodedKeySpec(wrapped));
      Signature.getInstance(NAME).initVerify(key); // only this looks at the curve
      return key;
    } catch (GeneralSecurityException e) {
      throw new InvalidKeyException(e);
    }
  }

  static boolean verify(PublicKey key, byte[] message, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance(NAME);
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (SignatureException e) {
      return false; // of another length, or out of range: no signature at all
    } catch (GeneralSecurityException e) {
      throw noEd25519(e);
    }
  }

  static PrivateKey privateKey(byte[] seed) {
    try {
      return KeyFactory.getInstance(NAME)
          .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
    } catch (GeneralSecurityException e) {
      throw noEd25519(e);
    }
  }

  static byte[] sign(PrivateKey key, byte[] message) {
    try {
      Signature signer = Signature.getInstance(NAME);
      signer.initSign(key);
      signer.update(message);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw noEd25519(e);
    }
  }

  /// The raw public key that belongs to a seed. The JDK derives it only while it makes a new pair,
  /// from random bytes; here the seed stands in for them.
  static byte[] publicKeyOf(byte[] seed) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(NAME);
      generator.initialize(NamedParameterSpec.ED25519, new Fixed(seed));
      byte[] wrapped = generator.generateKeyPair().getPublic().getEncoded();
      return Arrays.copyOfRange(wrapped, wrapped.length - KEY_BYTES, wrapped.length);
    } catch (GeneralSecurityException e) {
      throw noEd25519(e);
    }
  }

  private static IllegalStateException noEd25519(GeneralSecurityException e) {
    return new IllegalStateException("this Java can't do Ed25519", e);
  }

  private static final class Fixed extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final byte[] seed;

    Fixed(byte[] seed) {
      this.seed = seed.clone();
    }

    @Override
    public void nextBytes(byte[] bytes) {
      if (bytes.length != seed.length) {
        throw new IllegalStateException(bytes.length + " random bytes asked for, not a seed");
      }
      System.arraycopy(seed, 0, bytes, 0, seed.length);
    }
  }
}
