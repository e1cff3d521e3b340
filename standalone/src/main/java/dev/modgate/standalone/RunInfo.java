package dev.modgate.standalone;

/// What the running process of a data folder says about itself, in `run.json`.
///
/// @param api base URL of console and API
/// @param gateway base URL for GOPROXY
/// @param broker Kafka's bootstrap servers
/// @param upstreams GOPROXY list in force, without credentials
/// @param sumdb what GOSUMDB must be inside; empty where its default will do
/// @param ready whether all services have started
public record RunInfo(
    long pid,
    String api,
    String gateway,
    String broker,
    String upstreams,
    String sumdb,
    boolean ready) {

  RunInfo withSumdb(String value) {
    return new RunInfo(pid, api, gateway, broker, upstreams, value, ready);
  }
}
