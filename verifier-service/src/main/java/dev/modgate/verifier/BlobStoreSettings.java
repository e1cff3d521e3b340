package dev.modgate.verifier;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where the blob store is.
///
/// @param path a folder
@ConfigurationProperties(prefix = "modgate.blob-store", ignoreUnknownFields = false)
record BlobStoreSettings(@DefaultValue("data/blob-store") Path path) {}
