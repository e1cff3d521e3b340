/// How each of the five services starts: its settings, and what it says when it can't.
///
/// ## Settings
///
/// A service has its own section of the settings, a record with that prefix (`modgate.fetcher`),
/// and shares others: `modgate.kafka` ({@link dev.modgate.start.KafkaConnection}),
/// `modgate.blob-store` ({@link dev.modgate.start.BlobFolder}), `modgate.zone-store` ({@link
/// dev.modgate.start.ZoneFolder}), `modgate.sumdb` ({@link dev.modgate.start.SumDbSetting}). The
/// defaults are those of the records; a yml beside the service's main class documents each key with
/// its default. Later in this list wins:
///
/// 1. the defaults
/// 2. `modgate.yml` in the working folder, one file for all services
/// 3. environment variables: without dashes, dots as underscores, so
///    `modgate.fetcher.header-timeout` is `MODGATE_FETCHER_HEADERTIMEOUT` (and
///    `MODGATE_FETCHER_HEADER_TIMEOUT` means the same)
/// 4. arguments: `--modgate.fetcher.header-timeout=30s`
///
/// A key that no service knows, a key of its own section that a service does not know, wherever it
/// is set, and an impossible value stop the start. All problems are named at once ({@link
/// dev.modgate.start.Settings}). Other services' sections are not looked at, because they may be of
/// another version.
///
/// ## When a service can't start
///
/// It says so on standard error, in one block and without a stack, and ends with exit code 1:
///
/// ```
/// the modgate fetcher can't start:
///   modgate.fetcher.max-items is 0, want 1 to 1000 (modgate.yml, line 3)
///   modgate.fetcher.upstream is no setting (environment variable MODGATE_FETCHER_UPSTREAM)
/// ```
///
/// What nobody foresaw is logged with its stack besides.
///
/// ## Metrics
///
/// Counters are in Micrometer's global registry ({@link dev.modgate.start.Meters}), so that
/// whatever exporter or actuator a process has finds them, also in standalone, where five services
/// share one; until one is configured they are kept in memory. {@link
/// dev.modgate.start.SecurityEvents} is the one to watch.
@NullMarked
package dev.modgate.start;

import org.jspecify.annotations.NullMarked;
