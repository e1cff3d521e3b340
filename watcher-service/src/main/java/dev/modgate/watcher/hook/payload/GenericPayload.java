package dev.modgate.watcher.hook.payload;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.watcher.hook.signature.HookHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Our own format, told in the package's doc.
record GenericPayload() implements Payload {

  @Override
  public HookEvent event(HookHeaders headers, Json body) throws UnreadableException {
    String event = body.textIfAny("event").orElse("push");
    return switch (event) {
      case "ping" -> new HookEvent.Ping();
      case "push" -> push(body);
      default -> new HookEvent.Other("nothing is done for the event " + Quoted.of(event));
    };
  }

  private static HookEvent push(Json body) throws UnreadableException {
    if (body.at("changes").isNull()) {
      return new HookEvent.Push(repository(body), change(body));
    }
    var changes = new ArrayList<RefChange>();
    for (Json change : body.list("changes")) {
      changes.add(change(change));
    }
    return new HookEvent.Push(repository(body), changes, body.hasMore("changes"));
  }

  private static RefChange change(Json change) throws UnreadableException {
    String ref = change.text("ref");
    return change.at("after").isNull()
        ? RefChange.of(ref, Optional.empty())
        : RefChange.of(ref, Optional.of(change.text("after")));
  }

  private static RepositoryId repository(Json body) throws UnreadableException {
    Json repository = body.at("repository");
    if (repository.isNull()) {
      return new RepositoryId(List.of(), List.of());
    }
    Optional<String> name = body.textIfAny("repository");
    return name.isPresent()
        ? new RepositoryId(List.of(name.get()), List.of())
        : RepositoryId.of(repository, "full_name", "clone_url", "ssh_url");
  }
}
