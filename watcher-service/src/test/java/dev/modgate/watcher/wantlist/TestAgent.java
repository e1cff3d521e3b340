package dev.modgate.watcher.wantlist;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.note.SigningKey;
import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.watcher.database.Answers;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// An agent of tests, whose key is always the same.
public final class TestAgent {
  public static final String NAME = "inner-1";
  public static final String COMMIT = "3f2a0c0d8f0b6a1e4c5d6e7f8091a2b3c4d5e6f7";
  public static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  public static final SigningKey KEY = key(NAME, 1);
  public static final SigningKey WATCHER = key("modgate-watcher", 2);

  private TestAgent() {}

  /// Another one for each seed.
  public static SigningKey key(String name, int seed) {
    return SigningKey.generate(
        name,
        new SecureRandom() {
          private static final long serialVersionUID = 1L;

          @Override
          public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, (byte) seed);
          }
        });
  }

  /// Pins [#KEY].
  public static List<VerifierKey> pinned(String agent) {
    return agent.equals(NAME) ? List.of(KEY.verifierKey()) : List.of();
  }

  public static WantLine line(String module, boolean goMod) {
    return new WantLine(
        ModuleVersion.parse(module), goMod, Optional.of(Answers.hash(module + goMod)));
  }

  public static List<WantLine> lines() {
    return List.of(
        line("golang.org/x/text@v0.14.0", false),
        line("golang.org/x/text@v0.14.0", true),
        new WantLine(ModuleVersion.parse("rsc.io/quote@v1.5.2"), false, Optional.empty()));
  }

  public static String list(long number, String source, WantLine... lines) {
    return list(number, source, NOW, lines);
  }

  public static String list(long number, String source, Instant created, WantLine... lines) {
    return WantList.write(
        new WantList.About(NAME, number, created, source, COMMIT), List.of(lines), KEY);
  }
}
