package dev.modgate.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.Fetch;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.event.ModuleDeferred;
import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.ModuleRejected;
import dev.modgate.pipeline.event.Refusal;
import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.pipeline.event.RequestId;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.stage.StageWork;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SecurityEventsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final StageWork<ModuleEvent> work = new SecurityEvents<>(new Echo(), "publish", registry);

  @Test
  void everyKindIsThereFromTheStart() {
    assertThat(registry.get("modgate.security.events").counters())
        .extracting(counter -> counter.getId().getTag("kind"))
        .containsExactlyInAnyOrder(
            "claim-mismatch",
            "claims-disagree",
            "sumdb-mismatch",
            "go-mod-differs",
            "published-differs",
            "bad-signature");
    assertThat(count("published-differs")).isZero();
  }

  @Test
  void countsWhatMayBeAnAttackAndNothingElse() throws Exception {
    work.process(rejected(RejectReason.PUBLISHED_DIFFERS));
    work.process(rejected(RejectReason.PUBLISHED_DIFFERS));
    work.process(rejected(RejectReason.UNVERIFIABLE));

    assertThat(count("published-differs")).isEqualTo(2);
    assertThat(count("claim-mismatch")).isZero();
  }

  @Test
  void countsTheWrongBytesOfOneUpstreamAlsoWhereOthersAreTried() throws Exception {
    var before = refusal(RejectReason.GO_MOD_DIFFERS);
    work.process(
        deferred(DeferReason.WRONG_BYTES, List.of(before, refusal(RejectReason.CLAIM_MISMATCH))));
    work.process(deferred(DeferReason.WRONG_BYTES, List.of(refusal(RejectReason.BAD_ZIP))));
    work.process(deferred(DeferReason.REFETCH, List.of()));

    assertThat(count("claim-mismatch")).isEqualTo(1);
    assertThat(count("go-mod-differs")).isZero();
  }

  private double count(String kind) {
    return registry.get("modgate.security.events").tag("kind", kind).counter().count();
  }

  private static ModuleRejected rejected(RejectReason reason) {
    return new ModuleRejected(
        new RequestId("r", 1),
        ModuleVersion.parse("example.com/m@v1.0.0"),
        Want.ZIP,
        StageName.PUBLISH,
        reason,
        "why",
        List.of(),
        new Fetch("https://proxy.example", Instant.EPOCH),
        0,
        Instant.EPOCH);
  }

  private static ModuleDeferred deferred(DeferReason reason, List<Refusal> refusals) {
    return new ModuleDeferred(
        new RequestId("r", 1),
        ModuleVersion.parse("example.com/m@v1.0.0"),
        Want.ZIP,
        StageName.VERIFY,
        reason,
        "why",
        Instant.EPOCH,
        refusals);
  }

  private static Refusal refusal(RejectReason reason) {
    return new Refusal("https://a.example", Set.of(Files.Kind.ZIP), reason, "why");
  }

  private static final class Echo implements StageWork<ModuleEvent> {
    @Override
    public List<ModuleEvent> process(ModuleEvent event) {
      return List.of(event);
    }

    @Override
    public List<ModuleEvent> deferred(ModuleEvent event, DeferReason reason, String sentence) {
      return List.of();
    }
  }
}
