package dev.modgate.benchmarks;

import dev.modgate.broker.LocalBroker;
import dev.modgate.watcher.WatcherApplication;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Signed deliveries at a steady rate, while the broker is away for the second third of the time.
/// Says how long the answers took, and what became of every delivery that was taken.
///
/// Arguments: a folder, minutes, deliveries a minute.
public final class HookBenchmark {
  private static final int REPOSITORIES = 40;
  private static final String SECRET = "benchmark";
  private static final String HASH = "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Queue<Taken> taken = new ConcurrentLinkedQueue<>();
  private final Map<Integer, Integer> statuses = new TreeMap<>();
  private final List<Long> nanos = new ArrayList<>();
  private final Path folder;
  private final String api;

  /// A delivery that was answered with 202.
  private record Taken(String id) {}

  private HookBenchmark(Path folder, String api) {
    this.folder = folder;
    this.api = api;
  }

  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory(Path.of(args[0]), "run-");
    int deliveries = Integer.parseInt(args[1]) * Integer.parseInt(args[2]);
    Duration apart = Duration.ofMinutes(1).dividedBy(Integer.parseInt(args[2]));
    int port = freePort();
    int kafkaPort = freePort();
    var benchmark = new HookBenchmark(folder, "http://127.0.0.1:" + port);
    LocalBroker broker = LocalBroker.start(folder.resolve("kafka"), kafkaPort);
    try (var _ =
        WatcherApplication.builder()
            .run(
                "--modgate.kafka.bootstrap-servers=" + broker.bootstrapServers(),
                "--modgate.watcher.port=" + port,
                "--modgate.watcher.git.folder=" + folder.resolve("git-reads"),
                "--modgate.watcher.database.url=jdbc:h2:file:"
                    + folder.resolve("database")
                    + ";WRITE_DELAY=0")) {
      Map<String, List<String>> commits = benchmark.repositories(deliveries);
      broker = benchmark.deliver(commits, deliveries, apart, broker, kafkaPort);
      benchmark.report(deliveries);
    } finally {
      broker.close();
    }
    Runtime.getRuntime().halt(0); // the broker's threads are not daemons
  }

  /// @return the commits of each source
  private Map<String, List<String>> repositories(int deliveries) throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), SECRET);
    var commits = new TreeMap<String, List<String>>();
    for (int i = 0; i < REPOSITORIES; i++) {
      String name = "repo-" + i;
      Path bare = folder.resolve(name + ".git");
      git(folder, "", "init", "-q", "--bare", "-b", "main", bare.toString());
      git(bare, commits(name, deliveries / REPOSITORIES + 1), "fast-import", "--quiet");
      commits.put(name, git(bare, "", "rev-list", "--reverse", "main").lines().toList());
      String source =
          "{\"git\":\"file://%s\",\"host\":\"generic\",\"secrets\":[\"file:%s\"],\"poll\":\"0s\"}"
              .formatted(bare, secret);
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(api + "/api/v1/sources/" + name))
                  .header("Content-Type", "application/json")
                  .PUT(HttpRequest.BodyPublishers.ofString(source))
                  .build(),
              BodyHandlers.ofString());
      if (answer.statusCode() != 201) {
        throw new IOException(answer.body());
      }
    }
    return commits;
  }

  private static String commits(String repository, int count) {
    var stream = new StringBuilder();
    for (int i = 0; i < count; i++) {
      String goSum = "example.com/%s v1.0.%d %s\n".formatted(repository, i, HASH);
      stream
          .append("commit refs/heads/main\ncommitter a <a@example.com> ")
          .append(1_700_000_000 + i)
          .append(" +0000\ndata 1\nx\nM 100644 inline go.sum\ndata ")
          .append(goSum.length())
          .append('\n')
          .append(goSum)
          .append('\n');
    }
    return stream.toString();
  }

  private LocalBroker deliver(
      Map<String, List<String>> commits,
      int deliveries,
      Duration apart,
      LocalBroker broker,
      int kafkaPort)
      throws Exception {
    LocalBroker running = broker;
    List<String> names = List.copyOf(commits.keySet());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long began = System.nanoTime();
      for (int i = 0; i < deliveries; i++) {
        String source = names.get(i % names.size());
        String commit = commits.getOrDefault(source, List.of()).get(i / names.size());
        long due = began + apart.toNanos() * i;
        TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
        var _ = threads.submit(() -> deliver(source, commit));
        if (i == deliveries / 3) {
          running.close();
          System.out.println("the broker is stopped");
        } else if (i == deliveries * 2 / 3) {
          running = LocalBroker.start(folder.resolve("kafka"), kafkaPort);
          System.out.println("the broker is back");
        }
      }
    }
    return running;
  }

  private void deliver(String source, String commit) {
    String repository = folder.resolve(source).toString().substring(1);
    byte[] body =
        "{\"repository\":\"%s\",\"ref\":\"refs/heads/main\",\"after\":\"%s\"}"
            .formatted(repository, commit)
            .getBytes(StandardCharsets.UTF_8);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(api + "/hooks/" + source))
              .header("Content-Type", "application/json")
              .header("X-Modgate-Delivery", commit)
              .header("X-Modgate-Signature", HexFormat.of().formatHex(mac.doFinal(body)))
              .POST(HttpRequest.BodyPublishers.ofByteArray(body))
              .build();
      long began = System.nanoTime();
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      note(answer, System.nanoTime() - began);
    } catch (Exception e) {
      System.out.println("a delivery failed: " + e);
      synchronized (this) {
        statuses.merge(0, 1, Integer::sum);
      }
    }
  }

  private synchronized void note(HttpResponse<String> answer, long took) {
    statuses.merge(answer.statusCode(), 1, Integer::sum);
    nanos.add(took);
    if (answer.statusCode() == 202) {
      taken.add(
          new Taken(JsonMapper.shared().readTree(answer.body()).path("delivery").asString("")));
    }
  }

  /// Waits until every delivery that was taken has come to its end.
  private void report(int deliveries) throws Exception {
    var ends = new TreeMap<String, Integer>();
    long limit = System.nanoTime() + Duration.ofMinutes(15).toNanos();
    for (Taken delivery : taken) {
      String end = end(delivery.id());
      while (end.isEmpty()) {
        if (System.nanoTime() > limit) {
          throw new IOException("delivery " + delivery.id() + " comes to no end");
        }
        TimeUnit.MILLISECONDS.sleep(200);
        end = end(delivery.id());
      }
      ends.merge(end, 1, Integer::sum);
    }
    nanos.sort(null);
    System.out.printf(
        Locale.ROOT,
        "%d deliveries, answers by status %s%n"
            + "answer: p50 %.1f ms, p99 %.1f ms, max %.1f ms%n"
            + "of %d taken: %s%n",
        deliveries,
        statuses,
        millis(0.5),
        millis(0.99),
        millis(1),
        taken.size(),
        ends);
  }

  private double millis(double quantile) {
    return nanos.get((int) Math.min(nanos.size() - 1.0, nanos.size() * quantile)) / 1e6;
  }

  /// Empty while there is none.
  private String end(String id) throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(api + "/api/v1/deliveries/" + id)).build(),
            BodyHandlers.ofString());
    JsonNode delivery = JsonMapper.shared().readTree(answer.body());
    String state = delivery.path("run").path("state").asString("");
    if (!state.equals("done") && !state.equals("failed")) {
      return "";
    }
    if (state.equals("failed")) {
      return "run failed: " + delivery.path("run").path("sentence").asString("");
    }
    return delivery.path("refs").path(0).path("sync").isString()
        ? "a sync of its commit"
        : "coalesced with a later push of its branch";
  }

  private static String git(Path folder, String input, String... arguments) throws Exception {
    var command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).directory(folder.toFile()).start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed");
    }
    return output;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
