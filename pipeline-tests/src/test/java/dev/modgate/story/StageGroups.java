package dev.modgate.story;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.GroupState;

/// The consumer groups of stages, as the broker sees them.
final class StageGroups implements AutoCloseable {
  private final Admin admin;
  private final Set<String> groups;

  StageGroups(String bootstrapServers, Set<String> groups) {
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    this.groups = groups;
  }

  /// Until each group has just so many members that share its partitions.
  ///
  /// @return by group, when the last look at it without them was over, in ms after `begun`
  Map<String, Long> awaitSettled(int members, long begun) throws Exception {
    var settled = new TreeMap<String, Long>();
    while (settled.size() < groups.size()) {
      if (System.nanoTime() - begun > Site.LIMIT.toNanos()) {
        throw new AssertionError("just " + settled + " have " + members + " members");
      }
      for (ConsumerGroupDescription group :
          admin.describeConsumerGroups(groups).all().get().values()) {
        if (isSettled(group, members)) {
          settled.putIfAbsent(group.groupId(), (System.nanoTime() - begun) / 1_000_000);
        }
      }
      Thread.sleep(20);
    }
    return settled;
  }

  private static boolean isSettled(ConsumerGroupDescription group, int members) {
    Set<String> working =
        group.members().stream()
            .filter(member -> !member.assignment().topicPartitions().isEmpty())
            .map(MemberDescription::consumerId)
            .collect(Collectors.toSet());
    return group.groupState() == GroupState.STABLE
        && group.members().size() == members
        && working.size() == members;
  }

  @Override
  public void close() {
    admin.close();
  }
}
