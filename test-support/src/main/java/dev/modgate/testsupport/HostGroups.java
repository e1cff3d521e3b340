package dev.modgate.testsupport;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/// The group of a [FakeHost]: whatever group is asked for, it has all repositories.
final class HostGroups {
  private static final Pattern ORGANISATION =
      Pattern.compile("api/v[31]/orgs/([^/]+)/repos\\?(.*)");
  private static final Pattern GROUP = Pattern.compile("api/v4/groups/([^/]+)/projects\\?(.*)");
  private static final Pattern PAGE = Pattern.compile("(?:^|&)page=(\\d+)");

  private final List<FakeHost.Listed> repositories = new CopyOnWriteArrayList<>();
  private volatile int pageSize = 15;
  private volatile boolean endless;
  private volatile boolean samePageAgain;

  void add(FakeHost.Listed repository) {
    repositories.add(repository);
  }

  void remove(String name) {
    repositories.removeIf(repository -> repository.name().equals(name));
  }

  void pageSize(int size) {
    pageSize = size;
  }

  void endless() {
    endless = true;
  }

  void samePageAgain() {
    samePageAgain = true;
  }

  /// @param site of the host; the URLs in its answer lead elsewhere
  Optional<FakeHost.Answer> answer(FakeHost.Seen request, String site) {
    Matcher organisation = ORGANISATION.matcher(request.path());
    Matcher group = GROUP.matcher(request.path());
    boolean gitlab = group.matches();
    if (!request.method().equals("GET") || !(gitlab || organisation.matches())) {
      return Optional.empty();
    }
    String path = gitlab ? group.group(1).replace("%2F", "/") : organisation.group(1);
    Matcher page = PAGE.matcher(gitlab ? group.group(2) : organisation.group(2));
    return Optional.of(page(path, page.find() ? Integer.parseInt(page.group(1)) : 1, gitlab, site));
  }

  private FakeHost.Answer page(String path, int number, boolean gitlab, String site) {
    List<FakeHost.Listed> all = endless ? invented(path, number) : repositories;
    int from = endless || samePageAgain ? 0 : Math.min((number - 1) * pageSize, all.size());
    int to = Math.min(from + pageSize, all.size());
    var json = JsonMapper.shared().createArrayNode();
    for (FakeHost.Listed one : all.subList(from, to)) {
      json.addObject()
          .put(gitlab ? "path_with_namespace" : "full_name", one.name())
          .put("archived", one.archived())
          .put(gitlab ? "empty_repo" : "empty", one.empty())
          .put("clone_url", "http://127.0.0.1:1/elsewhere/" + number + ".git")
          .put("http_url_to_repo", "http://127.0.0.1:1/elsewhere/" + number + ".git");
    }
    boolean more = endless || samePageAgain || to < all.size();
    String next = "<" + site + "/elsewhere?page=" + (number + 1) + ">; rel=\"next\"";
    return new FakeHost.Answer(
        200,
        json.toString(),
        Map.of("Link", more ? next : "<" + site + "/elsewhere?page=1>; rel=\"first\""));
  }

  private List<FakeHost.Listed> invented(String path, int page) {
    return IntStream.range(0, pageSize)
        .mapToObj(i -> new FakeHost.Listed(path + "/r" + ((page - 1) * pageSize + i), false, false))
        .toList();
  }
}
