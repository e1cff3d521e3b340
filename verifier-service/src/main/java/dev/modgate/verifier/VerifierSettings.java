package dev.modgate.verifier;

import dev.modgate.start.Check;
import dev.modgate.start.StageBounds;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// The bounds of the verifier. Each is explained in `verifier.yml`.
///
/// @param instanceId null where instances come and go
@ConfigurationProperties("modgate.verifier")
record VerifierSettings(
    @DefaultValue("8") int maxItems,
    @DefaultValue("128MB") DataSize maxBytes,
    @DefaultValue("30s") Duration drain,
    @Nullable String instanceId)
    implements StageBounds {

  VerifierSettings {
    new Check("modgate.verifier").stage(maxItems, maxBytes, drain, instanceId).end();
  }
}
