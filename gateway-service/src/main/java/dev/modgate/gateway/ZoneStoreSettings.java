package dev.modgate.gateway;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where the zone store is.
///
/// @param path a folder
@ConfigurationProperties(prefix = "modgate.zone-store", ignoreUnknownFields = false)
record ZoneStoreSettings(@DefaultValue("data/zone-store") Path path) {}
