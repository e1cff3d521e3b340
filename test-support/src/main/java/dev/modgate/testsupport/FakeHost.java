package dev.modgate.testsupport;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/// The API of a Git host on a loopback port: statuses of commits as GitHub, GitLab, Gitea,
/// Bitbucket (Cloud and Data Center) and Gitee take them, and the repositories of groups as the
/// first three list them. It keeps what it received, and misbehaves on request.
///
/// Which API is asked follows from the path, as with the hosts: `/api/v3`, `/api/v4`, `/api/v1`,
/// `/2.0`, `/rest/api/1.0`, `/api/v5`. Safe for use by many threads; faults may change while it
/// serves.
public final class FakeHost implements AutoCloseable {
  private static final int MOST_BODY = 1 << 20;

  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final HostStatuses statuses = new HostStatuses();
  private final HostGroups groups = new HostGroups();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private volatile Optional<String> token = Optional.empty();

  private record Rule(Pattern requests, AtomicInteger left, Fault fault) {}

  /// One request that came.
  ///
  /// @param path as sent, still encoded, without a leading slash, with its query
  /// @param headers names in lower case
  public record Seen(String method, String path, Map<String, String> headers, String body) {
    public Seen {
      headers = Map.copyOf(headers);
    }
  }

  /// The status of a commit, in the API's own words.
  ///
  /// @param repository such as `pay/api`
  public record Status(
      String repository, String commit, String state, String description, String url, String key) {}

  /// A repository of a group, as its host tells of it: the name may be a lie.
  ///
  /// @param name such as `pay/api`
  public record Listed(String name, boolean archived, boolean empty) {}

  private FakeHost() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 1024);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  public static FakeHost start() {
    try {
      return new FakeHost();
    } catch (IOException e) {
      throw new UncheckedIOException("no loopback port", e);
    }
  }

  /// Such as `http://127.0.0.1:40123`: what stands before a repository's path in its Git URL.
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// 401 to everybody else, in each API's own way to show a token.
  public FakeHost requireToken(String wanted) {
    token = Optional.of(wanted);
    return this;
  }

  /// These repositories are in their groups from now on; in the order of their coming.
  public FakeHost add(String... names) {
    for (String name : names) {
      groups.add(new Listed(name, false, false));
    }
    return this;
  }

  public FakeHost add(Listed repository) {
    groups.add(repository);
    return this;
  }

  public FakeHost remove(String name) {
    groups.remove(name);
    return this;
  }

  /// So many repositories on a page, whatever is asked for.
  public FakeHost pageSize(int size) {
    groups.pageSize(size);
    return this;
  }

  /// Each page is full of new repositories, and says that there is one more.
  public FakeHost endlessPages() {
    groups.endless();
    return this;
  }

  /// Each page is the first, and says that there is one more.
  public FakeHost samePageAgain() {
    groups.samePageAgain();
    return this;
  }

  /// From now on, answers to requests in whose method and path (`GET api/v3/orgs/pay/repos?page=2`)
  /// this regular expression finds something go wrong so. The newest fault that fits counts.
  public FakeHost fault(String requests, Fault fault) {
    return fault(requests, Integer.MAX_VALUE, fault);
  }

  /// @param times how many answers go wrong, before all is well again
  public FakeHost fault(String requests, int times, Fault fault) {
    rules.addFirst(new Rule(Pattern.compile(requests), new AtomicInteger(times), fault));
    return this;
  }

  /// All faults end.
  public FakeHost heal() {
    rules.clear();
    return this;
  }

  /// Every request so far, oldest first.
  public List<Seen> requests() {
    return List.copyOf(seen);
  }

  /// Every status that was taken, oldest first.
  public List<Status> statuses() {
    return statuses.all();
  }

  /// What stands beside this commit now.
  public Optional<Status> status(String repository, String commit) {
    return statuses.all().reversed().stream()
        .filter(s -> s.repository().equals(repository) && s.commit().equals(commit))
        .findFirst();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Seen request = read(exchange);
      seen.add(request);
      Optional<Fault> fault = fault(request.method() + " " + request.path());
      if (fault.isPresent()) {
        HostFaults.write(fault.get(), exchange, answer(request));
      } else {
        HostFaults.write(exchange, answer(request));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it is closed
    }
  }

  private static Seen read(HttpExchange exchange) throws IOException {
    var headers = new HashMap<String, String>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    byte[] body = exchange.getRequestBody().readNBytes(MOST_BODY);
    return new Seen(
        exchange.getRequestMethod(),
        exchange.getRequestURI().toString().replaceFirst("^/", ""),
        headers,
        new String(body, StandardCharsets.UTF_8));
  }

  private Optional<Fault> fault(String request) {
    for (Rule rule : rules) {
      if (rule.requests().matcher(request).find() && rule.left().getAndDecrement() > 0) {
        return Optional.of(rule.fault());
      }
    }
    return Optional.empty();
  }

  /// @param json empty: none
  /// @param headers besides the type
  record Answer(int status, String json, Map<String, String> headers) {
    static Answer of(int status, String json) {
      return new Answer(status, json, Map.of());
    }

    static Answer error(int status, String message) {
      return of(status, "{\"message\":\"" + message + "\"}");
    }
  }

  private Answer answer(Seen request) {
    Optional<String> wanted = token;
    if (wanted.isPresent() && !shows(request, wanted.get())) {
      return Answer.error(401, "Bad credentials");
    }
    return statuses
        .answer(request)
        .or(() -> groups.answer(request, url()))
        .orElseGet(() -> Answer.error(404, "Not Found"));
  }

  private static boolean shows(Seen request, String token) {
    String shown =
        request.path().startsWith("api/v4")
            ? request.headers().get("private-token")
            : request.headers().get("authorization");
    String wanted =
        request.path().startsWith("api/v4")
            ? token
            : (request.path().startsWith("api/v1") ? "token " : "Bearer ") + token;
    return wanted.equals(shown);
  }
}
