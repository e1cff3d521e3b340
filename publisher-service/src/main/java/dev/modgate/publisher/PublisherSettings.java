package dev.modgate.publisher;

import dev.modgate.start.Check;
import dev.modgate.start.StageBounds;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// The bounds of the publisher. Each is explained in `publisher.yml`.
///
/// @param instanceId null where instances come and go
@ConfigurationProperties("modgate.publisher")
record PublisherSettings(
    @DefaultValue("32") int maxItems,
    @DefaultValue("1GB") DataSize maxBytes,
    @DefaultValue("30s") Duration drain,
    @Nullable String instanceId)
    implements StageBounds {

  PublisherSettings {
    new Check("modgate.publisher").stage(maxItems, maxBytes, drain, instanceId).end();
  }
}
