package dev.modgate.watcher.group;

import dev.modgate.watcher.host.GroupPages;
import dev.modgate.watcher.host.HostAnswer;
import dev.modgate.watcher.host.HostApi;
import dev.modgate.watcher.host.RepositoryPath;
import dev.modgate.watcher.source.Source;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// Asks a host for all repositories of a group, within limits: at most 10,000 of them, 1,000 pages
/// and five minutes. For many threads.
final class GroupLister {
  static final int MOST_REPOSITORIES = 10_000;
  private static final int MOST_PAGES = 1_000;
  private static final int MOST_TURNS = 100;
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration TURN = Duration.ofMillis(200);

  private final GroupPages pages;
  private final Clock clock;

  GroupLister(GroupPages pages, Clock clock) {
    this.pages = pages;
    this.clock = clock;
  }

  Listing list(Source source, Source.Place.Group group) throws InterruptedException {
    return switch (HostApi.find(source.host(), source.access().api(), group.base())) {
      case HostApi.Found.None(var sentence) ->
          new GroupNames(group).broken(new Listing.Broken(sentence, Instant.EPOCH, true));
      case HostApi.Found.Api(var api) when !GroupPages.knows(api.dialect()) ->
          new GroupNames(group)
              .broken(
                  new Listing.Broken(
                      "this kind of host has no groups that can be listed", Instant.EPOCH, true));
      case HostApi.Found.Api(var api) -> list(api, source, group);
    };
  }

  private Listing list(HostApi api, Source source, Source.Place.Group group)
      throws InterruptedException {
    RepositoryPath path;
    try {
      path = RepositoryPath.parse(group.path());
    } catch (IllegalArgumentException e) {
      return new GroupNames(group)
          .broken(new Listing.Broken(String.valueOf(e.getMessage()), Instant.EPOCH, true));
    }
    return list(api, source, group, path);
  }

  private Listing list(HostApi api, Source source, Source.Place.Group group, RepositoryPath path)
      throws InterruptedException {
    var names = new GroupNames(group);
    Instant until = clock.instant().plus(LONGEST);
    for (int number = 1; number <= MOST_PAGES; number++) {
      switch (page(api, source, path, number)) {
        case GroupPages.Answer.Failed(var why) -> {
          return names.broken(broken(why));
        }
        case GroupPages.Answer.Listed(var page) -> {
          int news = names.take(page.names());
          if (names.listed() > MOST_REPOSITORIES) {
            return names.broken(tooMuch("has more than " + MOST_REPOSITORIES + " repositories"));
          }
          if (!page.more()) {
            return names.whole();
          }
          if (news == 0 && page.names().size() == page.listed()) {
            return names.broken(tooMuch("is listed with a page twice: page " + number));
          }
        }
      }
      if (clock.instant().isAfter(until)) {
        return names.broken(tooMuch("takes longer than " + LONGEST.toMinutes() + " minutes"));
      }
    }
    return names.broken(tooMuch("has more than " + MOST_PAGES + " pages"));
  }

  /// Waits for its turn where others ask the same host: a listing that began is not thrown away for
  /// that.
  private GroupPages.Answer page(HostApi api, Source source, RepositoryPath path, int number)
      throws InterruptedException {
    GroupPages.Answer answer = pages.page(api, source.access(), path, number);
    for (int tries = 1; tries < MOST_TURNS && isSoon(answer); tries++) {
      Thread.sleep(TURN);
      answer = pages.page(api, source.access(), path, number);
    }
    return answer;
  }

  private boolean isSoon(GroupPages.Answer answer) {
    return answer instanceof GroupPages.Answer.Failed(HostAnswer.NotAsked(_, var at))
        && !at.isAfter(clock.instant().plus(SOON));
  }

  private static Listing.Broken tooMuch(String what) {
    return new Listing.Broken("the group " + what, Instant.EPOCH, true);
  }

  private static Listing.Broken broken(HostAnswer why) {
    return switch (why) {
      case HostAnswer.Refused(_, var sentence) -> new Listing.Broken(sentence, Instant.EPOCH, true);
      case HostAnswer.NotNow(var sentence, var at) -> new Listing.Broken(sentence, at, true);
      case HostAnswer.NotAsked(var sentence, var at) -> new Listing.Broken(sentence, at, false);
      case HostAnswer.Done done -> throw new IllegalArgumentException(done.toString());
    };
  }
}
