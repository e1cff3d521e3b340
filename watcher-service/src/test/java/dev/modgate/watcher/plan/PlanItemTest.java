package dev.modgate.watcher.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.Claim;
import dev.modgate.pipeline.event.Want;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanItemTest {
  private static final H1 ONE = new H1("h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
  private static final H1 OTHER = new H1("h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
  private static final PlanItem ITEM =
      new PlanItem(
          ModuleVersion.parse("example.com/a@v1.0.0"),
          Want.ZIP,
          List.of(
              new Claim(Claim.Subject.ZIP, ONE, "go.sum", 7),
              new Claim(Claim.Subject.GO_MOD, ONE, "go.sum", 8)));

  @Test
  void theSameHashesContradictNothing() {
    assertThat(ITEM.contradiction(ONE, ONE)).isEmpty();
  }

  @Test
  void whatIsNotInsideCantBeContradicted() {
    assertThat(ITEM.contradiction(null, ONE)).isEmpty();
  }

  @Test
  void theSentenceNamesBothHashesAndTheLine() {
    assertThat(ITEM.contradiction(OTHER, ONE))
        .hasValue(
            "example.com/a@v1.0.0: the zip inside has %s but go.sum:7 claims %s"
                .formatted(OTHER, ONE));
    assertThat(ITEM.contradiction(ONE, OTHER).orElseThrow())
        .contains("the go.mod inside", "go.sum:8");
  }
}
