package dev.modgate.broker;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// The broker's configuration: one node, loopback, few threads, small buffers.
final class BrokerProperties {
  static final String CONTROLLER_LISTENER = "CONTROLLER";

  private BrokerProperties() {}

  static Map<String, String> of(int node, String host, int port, int controllerPort, Path logs) {
    var p = new LinkedHashMap<String, String>();
    p.put("process.roles", "broker,controller");
    p.put("node.id", String.valueOf(node));
    p.put("controller.quorum.voters", node + "@" + host + ":" + controllerPort);
    p.put("controller.listener.names", CONTROLLER_LISTENER);
    p.put(
        "listeners",
        "PLAINTEXT://" + host + ":" + port + ",CONTROLLER://" + host + ":" + controllerPort);
    p.put("advertised.listeners", "PLAINTEXT://" + host + ":" + port);
    p.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    p.put("log.dirs", logs.toString());
    p.put("metadata.log.dir", logs.toString());
    startAndStop(p);
    singleNode(p);
    smallFootprint(p);
    return p;
  }

  private static void startAndStop(Map<String, String> p) {
    // After a kill the controller holds the dead broker's session this long before it lets the new
    // one in; with the default of 9 s a start took 11.7 s.
    p.put("broker.session.timeout.ms", "3000");
    p.put("broker.heartbeat.interval.ms", "500");
    p.put("group.initial.rebalance.delay.ms", "0"); // nobody else is about to join
    p.put("controlled.shutdown.enable", "true");
    p.put("controller.quorum.election.timeout.ms", "200");
    p.put("controller.quorum.election.backoff.max.ms", "100");
    p.put("auto.create.topics.enable", "false");
  }

  private static void singleNode(Map<String, String> p) {
    p.put("default.replication.factor", "1");
    p.put("min.insync.replicas", "1");
    p.put("offsets.topic.replication.factor", "1");
    p.put("offsets.topic.num.partitions", "4");
    p.put("transaction.state.log.replication.factor", "1");
    p.put("transaction.state.log.min.isr", "1");
    p.put("transaction.state.log.num.partitions", "1");
    p.put("share.coordinator.state.topic.replication.factor", "1");
    p.put("share.coordinator.state.topic.min.isr", "1");
    p.put("share.coordinator.state.topic.num.partitions", "1");
  }

  private static void smallFootprint(Map<String, String> p) {
    p.put("num.network.threads", "2");
    p.put("num.io.threads", "3");
    p.put("num.replica.fetchers", "1");
    p.put("background.threads", "2");
    p.put("num.recovery.threads.per.data.dir", "2");
    p.put("log.cleaner.threads", "1");
    p.put("log.cleaner.dedupe.buffer.size", String.valueOf(2 * 1024 * 1024));
    p.put("log.cleaner.io.buffer.size", String.valueOf(128 * 1024));
    p.put("log.segment.bytes", String.valueOf(64 * 1024 * 1024));
    p.put("log.index.size.max.bytes", String.valueOf(256 * 1024));
    p.put("offsets.topic.segment.bytes", String.valueOf(8 * 1024 * 1024));
    p.put("offsets.load.buffer.size", String.valueOf(512 * 1024));
    p.put("transaction.state.log.segment.bytes", String.valueOf(1024 * 1024));
    p.put("log.preallocate", "false");
    p.put("queued.max.requests", "100");
    p.put("group.coordinator.threads", "1");
    p.put("share.coordinator.threads", "1");
  }
}
