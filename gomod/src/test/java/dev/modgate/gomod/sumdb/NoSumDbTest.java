package dev.modgate.gomod.sumdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.modgate.gomod.module.ModulePath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoSumDbTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          p.x,*/q | p.x
          p.x,*/q | p.x/y
          p.x,*/q | x.y/q
          p.x,*/q | x.y/q/z
          *.corp.example.com | git.corp.example.com/team/m
          *.corp.example.com,rsc.io/private | rsc.io/private/x
          rsc.io/private/ | rsc.io/private
          rsc.io/private, rsc.io/b | rsc.io/b/c
          rsc.io/?x | rsc.io/ax
          rsc.io/[a-cx]y | rsc.io/by/z
          rsc.io/[a-cx]y | rsc.io/xy
          rsc.io/[^a-c]y | rsc.io/dy
          rsc.io/[\\a-c]y | rsc.io/by
          rsc.io/\\p | rsc.io/p
          rsc.io/a** | rsc.io/abc
          rsc.io/*a*b*c | rsc.io/xaxbxxc
          * | rsc.io/anything
          github.com/BurntSushi | github.com/BurntSushi/toml
          """)
  void matchesTheBeginningOfAPath(String patterns, String path) {
    assertThat(NoSumDb.parse(patterns).matches(new ModulePath(path))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          p.x,*/q | abc.d
          p.x,*/q | a.b/p
          p.x,*/q | p.xq
          p.x,*/q | q.r
          p.x,*/q | n.o/p/q
          *.corp.example.com | corp.example.com/m
          rsc.io/private | rsc.io/privateer
          rsc.io/private | rsc.io
          rsc.io | rsc.iox
          rsc.io/?x | rsc.io/x
          rsc.io/* | rsc.io
          rsc.io/[a-c]y | rsc.io/dy
          rsc.io/[^a-c]y | rsc.io/by
          rsc.io/[c-a] | rsc.io/b
          github.com/burntsushi | github.com/BurntSushi/toml
          rsc.io//b | rsc.io/b
          rsc.io. | rsc.iox
          """)
  void matchesNothingElse(String patterns, String path) {
    assertThat(NoSumDb.parse(patterns).matches(new ModulePath(path))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",", "/", ",,/,"})
  void matchesNothingWhenItIsEmpty(String patterns) {
    assertThat(NoSumDb.parse(patterns).matches(new ModulePath("rsc.io/x"))).isFalse();
    assertThat(NoSumDb.parse(patterns)).hasToString(patterns);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "[]", "[]a", "[a", "[a-", "[a-]", "[-a]", "[^", "[^]", "a\\", "[\\"})
  void refusesABrokenPatternInsteadOfGivingTheNameAway(String pattern) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NoSumDb.parse("rsc.io/x,rsc.io/" + pattern))
        .withMessageStartingWith("pattern \"rsc.io/")
        .withMessageEndingWith(" is broken");
  }

  @Test
  void takesAManyFoldStarInStride() {
    NoSumDb patterns = NoSumDb.parse("*a*a*a*a*a*b");

    assertThat(patterns.matches(new ModulePath("x." + "a".repeat(100)))).isFalse();
  }
}
