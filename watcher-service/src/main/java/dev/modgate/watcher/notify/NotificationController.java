package dev.modgate.watcher.notify;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.watcher.api.BadRequestException;
import dev.modgate.watcher.notify.channel.Channel;
import dev.modgate.watcher.notify.send.Outcome;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/notifications")
final class NotificationController {
  private static final int MOST_LISTED = 100;

  private final NotificationViews views;
  private final Delivery delivery;
  private final List<Channel> channels;

  NotificationController(NotificationViews views, Delivery delivery, List<Channel> channels) {
    this.views = views;
    this.delivery = delivery;
    this.channels = List.copyOf(channels);
  }

  @GetMapping
  NotificationsView all(@RequestParam(defaultValue = "20") int limit) {
    if (limit < 1 || limit > MOST_LISTED) {
      throw BadRequestException.unprocessable("limit is " + limit + ", want 1 to " + MOST_LISTED);
    }
    return views.all(limit);
  }

  @PostMapping("/{channel}/test")
  NotificationsView.TestView test(@PathVariable String channel) throws InterruptedException {
    Channel tried =
        channels.stream()
            .filter(one -> one.name().equals(channel))
            .findFirst()
            .orElseThrow(
                () -> BadRequestException.notFound("there is no channel " + Quoted.of(channel)));
    return switch (delivery.test(tried)) {
      case Delivery.Tried.Busy _ ->
          throw new BadRequestException(
              HttpStatus.TOO_MANY_REQUESTS,
              "channel " + channel + " was used just now; try again in some seconds");
      case Delivery.Tried.Asked(Outcome.Delivered _) ->
          new NotificationsView.TestView(channel, true, "the receiver took the message");
      case Delivery.Tried.Asked(Outcome.NotNow(var sentence, _)) ->
          new NotificationsView.TestView(channel, false, sentence);
      case Delivery.Tried.Asked(Outcome.Refused(var sentence)) ->
          new NotificationsView.TestView(channel, false, sentence);
      case Delivery.Tried.Asked(Outcome.Gone(var sentence)) ->
          new NotificationsView.TestView(channel, false, sentence);
    };
  }
}
