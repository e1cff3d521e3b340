package dev.modgate.watcher.hook;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.watcher.api.BadRequestException;
import dev.modgate.watcher.hook.delivery.Deliveries;
import dev.modgate.watcher.hook.delivery.Deliveries.Taken;
import dev.modgate.watcher.hook.delivery.Delivery;
import dev.modgate.watcher.hook.delivery.DeliveryView;
import dev.modgate.watcher.hook.delivery.DeliveryViews;
import dev.modgate.watcher.hook.payload.HookEvent;
import dev.modgate.watcher.hook.payload.RefChange;
import dev.modgate.watcher.hook.payload.RepositoryId;
import dev.modgate.watcher.run.FoundBy;
import dev.modgate.watcher.run.Tip;
import dev.modgate.watcher.source.Source;
import dev.modgate.watcher.source.Sources;
import java.util.List;
import java.util.Optional;

/// Takes a delivery again, from its record: what its source wants today decides.
final class Redelivery {
  private final Sources sources;
  private final Deliveries deliveries;
  private final DeliveryViews views;

  Redelivery(Sources sources, Deliveries deliveries, DeliveryViews views) {
    this.sources = sources;
    this.deliveries = deliveries;
    this.views = views;
  }

  /// @throws BadRequestException when there is no such delivery, or nothing in it to be read
  Taken again(String id) {
    DeliveryView first =
        views
            .find(id)
            .orElseThrow(
                () -> BadRequestException.notFound("there is no delivery " + Quoted.of(id)));
    if (!first.authentic()) {
      throw BadRequestException.unprocessable(
          "delivery " + id + " was not authentic, so it is not taken again either");
    }
    List<Tip> tips =
        first.refs().stream()
            .map(ref -> new Tip(ref.ref(), Optional.ofNullable(ref.commit())))
            .toList();
    if (tips.isEmpty()) {
      throw BadRequestException.unprocessable(
          "delivery " + id + " names no ref that could be read: " + first.sentence());
    }
    Source source =
        sources
            .find(first.source())
            .orElseThrow(() ->
                BadRequestException.unprocessable(
                    "there is no source " + Quoted.of(first.source()) + " any more"));
    var decision = new HookDecision(source, sources.repositories(source), FoundBy.PERSON);
    return deliveries.take(
        new Delivery(
            new Delivery.Origin(
                source.name(), Optional.empty(), Optional.empty(), 0, Optional.of(id)),
            Optional.of(
                new Delivery.Content(
                    String.valueOf(first.event()), Optional.ofNullable(first.repository()), tips)),
            decision.of(event(first, tips))));
  }

  private static HookEvent event(DeliveryView first, List<Tip> tips) {
    var repository =
        new RepositoryId(Optional.ofNullable(first.repository()).stream().toList(), List.of());
    return String.valueOf(first.event()).equals(HookEvent.PULL_REQUEST)
        ? new HookEvent.PullRequest(repository, tips.getFirst())
        : new HookEvent.Push(
            repository, tips.stream().<RefChange>map(RefChange.Moved::new).toList(), false);
  }
}
