package dev.modgate.standalone;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How a standalone Modgate is started.
///
/// @param data absolute
/// @param port of console and API; 0 for any free one
/// @param gatewayPort 0 for any free one
/// @param kafkaPort 0 for any free one
/// @param upstreams GOPROXY list, may hold credentials
/// @param upstreamsShown the same without credentials
/// @param tokenFile null for an API without a token
/// @param sumdb the checksum database, in GOSUMDB syntax; null for what the verifier's settings say
public record StandaloneSettings(
    Path data,
    int port,
    int gatewayPort,
    int kafkaPort,
    String upstreams,
    String upstreamsShown,
    @Nullable Path tokenFile,
    @Nullable String sumdb) {}
