package dev.modgate.watcher.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RefPatternTest {

  @ParameterizedTest
  @CsvSource({
    "main,main,true",
    "main,maine,false",
    "main,Main,false",
    "*,main,true",
    "*,release/1,false",
    "**,release/1,true",
    "release/*,release/1,true",
    "release/*,release/1/2,false",
    "release/**,release/1/2,true",
    "release/*,release/,true",
    "v?.0,v1.0,true",
    "v?.0,v/.0,false",
    "v*,v1.2.3,true",
    "*fix*,hotfix-7,true",
    "a.c,abc,false",
    "a**z,a/b/z,true",
    "***,a/b,true",
  })
  void matchesAsDeclared(String pattern, String name, boolean matches) {
    assertThat(new RefPattern(pattern).matches(name)).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a~1", "a^", "a:b", "a\\b", "[ab]", "a\u0007"})
  void refusesWhatNoBranchCanMatch(String pattern) {
    assertThatIllegalArgumentException().isThrownBy(() -> new RefPattern(pattern));
  }

  @Test
  void manyStarsTakeNoLongTime() {
    var pattern = new RefPattern("**a".repeat(60));

    assertThat(pattern.matches("a".repeat(59) + "b".repeat(300))).isFalse();
  }
}
