package dev.modgate.watcher.group;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.watcher.api.BadRequestException;
import dev.modgate.watcher.source.Source;
import dev.modgate.watcher.source.Sources;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/sources/{name}")
final class GroupController {
  private final Sources sources;
  private final Groups groups;
  private final GroupViews views;

  GroupController(Sources sources, Groups groups, GroupViews views) {
    this.sources = sources;
    this.groups = groups;
    this.views = views;
  }

  @GetMapping("/group")
  GroupView group(@PathVariable String name) {
    checkIsGroup(name);
    return views.find(name).orElseThrow(() -> notLookedAt(name));
  }

  /// Begins the import of a group that waits for it.
  @PostMapping("/import")
  GroupView confirm(@PathVariable String name) {
    checkIsGroup(name);
    if (!groups.confirm(name)) {
      throw notLookedAt(name);
    }
    return group(name);
  }

  private void checkIsGroup(String name) {
    Source source =
        sources
            .find(name)
            .orElseThrow(
                () -> BadRequestException.notFound("there is no source " + Quoted.of(name)));
    if (!(source.place() instanceof Source.Place.Group)) {
      throw new BadRequestException(
          HttpStatus.CONFLICT, "source " + Quoted.of(name) + " is no group");
    }
  }

  private BadRequestException notLookedAt(String name) {
    String why =
        views
            .find(name)
            .map(view -> view.sentence() == null ? "" : ": " + view.sentence())
            .orElse("");
    return new BadRequestException(
        HttpStatus.CONFLICT, "the group of source " + Quoted.of(name) + " is not listed yet" + why);
  }
}
