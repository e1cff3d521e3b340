package dev.modgate.testsupport;

import dev.modgate.gomod.note.SigningKey;
import java.security.SecureRandom;

/// The verifier that publishers under test believe.
public final class TestVerifier {
  /// Another one in each process.
  public static final SigningKey KEY = SigningKey.generate("test-verifier", new SecureRandom());

  private TestVerifier() {}
}
