package dev.modgate.watcher.hook;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.watcher.api.BadRequestException;
import dev.modgate.watcher.hook.delivery.Deliveries.Taken;
import dev.modgate.watcher.hook.delivery.DeliveryView;
import dev.modgate.watcher.hook.delivery.DeliveryViews;
import dev.modgate.watcher.hook.delivery.Verdict;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/deliveries")
final class DeliveryController {
  private static final int MOST_LISTED = 100;

  private final DeliveryViews views;
  private final Redelivery redelivery;

  DeliveryController(DeliveryViews views, Redelivery redelivery) {
    this.views = views;
    this.redelivery = redelivery;
  }

  @GetMapping
  DeliveryView.Page newest(
      @RequestParam(required = false) @Nullable String source,
      @RequestParam(required = false) @Nullable String verdict,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(defaultValue = "50") int limit) {
    if (limit < 1 || limit > MOST_LISTED) {
      throw BadRequestException.unprocessable("limit is " + limit + ", want 1 to " + MOST_LISTED);
    }
    return views.page(
        new DeliveryViews.Filter(
            Optional.ofNullable(source),
            Optional.ofNullable(verdict).map(DeliveryController::verdictOf),
            Optional.ofNullable(after)),
        limit);
  }

  @GetMapping("/{id}")
  DeliveryView delivery(@PathVariable String id) {
    return views
        .find(id)
        .orElseThrow(() -> BadRequestException.notFound("there is no delivery " + Quoted.of(id)));
  }

  @PostMapping("/{id}/redeliver")
  ResponseEntity<HookAnswer> redeliver(@PathVariable String id) {
    Taken taken = redelivery.again(id);
    return ResponseEntity.status(taken.verdict().status())
        .location(URI.create("/api/v1/deliveries/" + taken.id()))
        .body(HookAnswer.of(taken));
  }

  private static Verdict verdictOf(String text) {
    return Verdict.ofWireName(text)
        .orElseThrow(() ->
            BadRequestException.unprocessable(
                "verdict is "
                    + Quoted.of(text)
                    + ", want one of "
                    + Stream.of(Verdict.values())
                        .map(Verdict::wireName)
                        .collect(Collectors.joining(", "))));
  }
}
