package dev.modgate.watcher.hook.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A delivery as the API shows it.
///
/// @param event push, tag, pull-request, release, ping or other
/// @param hostDelivery the host's id
/// @param repeats how often it came again
/// @param redeliveryOf the delivery whose record a person had taken again
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeliveryView(
    String id,
    String source,
    String verdict,
    String sentence,
    boolean authentic,
    @Nullable String event,
    @Nullable String repository,
    List<Ref> refs,
    @Nullable String hostDelivery,
    @Nullable String bodySha256,
    long bodyBytes,
    Instant receivedAt,
    int repeats,
    @Nullable Instant lastRepeatAt,
    @Nullable String redeliveryOf,
    @Nullable Run run) {

  /// @param commit null where the payload does not say it
  /// @param sync what the commit needs; null where nothing is to sync, or it is not read yet
  /// @param found what was found in the commit; null where it is not read yet
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Ref(
      String ref, @Nullable String commit, @Nullable String sync, @Nullable String found) {}

  /// @param state waiting, running, done or failed; null where it is no longer kept
  /// @param coalesced whether it waited already for something else
  /// @param sentence of its end, or of its last failure
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Run(
      String id, @Nullable String state, boolean coalesced, @Nullable String sentence) {}

  /// Newest first.
  ///
  /// @param next what the next page begins after; null on the last one
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Page(List<DeliveryView> deliveries, @Nullable String next) {
    public Page {
      deliveries = List.copyOf(deliveries);
    }
  }
}
