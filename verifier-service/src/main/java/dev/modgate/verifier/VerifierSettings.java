package dev.modgate.verifier;

import dev.modgate.pipeline.stage.StageSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// The bounds of the verifier. Each is explained in `verifier.yml`.
///
/// @param instanceId null where instances come and go
@ConfigurationProperties(prefix = "modgate.verifier", ignoreUnknownFields = false)
record VerifierSettings(
    @DefaultValue("8") int maxItems,
    @DefaultValue("128MB") DataSize maxBytes,
    @DefaultValue("30s") Duration drain,
    @Nullable String instanceId) {

  /// @throws IllegalArgumentException naming every impossible value
  VerifierSettings {
    List<String> problems = new ArrayList<>();
    if (maxItems < 1 || maxItems > 1000) {
      problems.add("modgate.verifier.max-items is " + maxItems + ", want 1 to 1000");
    }
    if (maxBytes.toBytes() < 1) {
      problems.add("modgate.verifier.max-bytes is " + maxBytes + ", want at least 1B");
    }
    if (drain.isNegative() || drain.toMinutes() > 60) {
      problems.add("modgate.verifier.drain is " + drain + ", want 0s to 60m");
    }
    if (instanceId != null && instanceId.isBlank()) {
      problems.add("modgate.verifier.instance-id is blank: give a name, or leave it out");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }

  StageSettings toStage() {
    return StageSettings.defaults()
        .withMaxItems(maxItems)
        .withMaxBytes(maxBytes.toBytes())
        .withDrain(drain)
        .withInstanceId(instanceId);
  }
}
