package dev.modgate.watcher.notify.send;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.watcher.host.HostTrust;
import dev.modgate.watcher.notify.channel.ChannelKind;
import dev.modgate.watcher.notify.channel.Receiver;
import dev.modgate.watcher.notify.message.Message;
import dev.modgate.watcher.source.SecretRef;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Sends a message by one POST. Secrets are read anew each time. For many threads.
final class HttpSender implements AutoCloseable {
  private static final int MOST_BYTES = 64 << 10;
  private static final int LEAST_SECRET = 8;

  private final HostTrust trust = new HostTrust();
  private final Duration timeout;
  private final Clock clock;

  /// @param timeout for the answer as a whole
  HttpSender(Duration timeout, Clock clock) {
    this.timeout = timeout;
    this.clock = clock;
  }

  Outcome send(Receiver.Http receiver, Message message) throws InterruptedException {
    URI url;
    HttpClient client;
    HttpRequest request;
    try {
      url = receiver.url().read();
      request = request(receiver, url, message, clock.instant());
      client = trust.client(receiver.caFile());
    } catch (SecretRef.UnreadableException | IOException e) {
      return new Outcome.Refused(String.valueOf(e.getMessage()));
    }
    return ask(client, request, new Answers(receiver.kind(), url.getAuthority(), secretsOf(url)));
  }

  private Outcome ask(HttpClient client, HttpRequest request, Answers answers)
      throws InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> response =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
    try {
      HttpResponse<byte[]> answer = response.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return answers.judge(answer.statusCode(), answer.headers(), answer.body(), clock.instant());
    } catch (ExecutionException e) {
      Throwable why = e.getCause() == null ? e : e.getCause();
      return new Outcome.NotNow(
          answers.receiver() + " can't be asked: " + why(why), clock.instant());
    } catch (TimeoutException e) {
      return new Outcome.NotNow(
          answers.receiver() + " gave no whole answer within " + timeout.toMillis() / 1000.0 + " s",
          clock.instant());
    } finally {
      response.cancel(true); // of one that is there it does nothing
    }
  }

  private static String why(Throwable why) {
    String said = why.getMessage();
    return why.getClass().getSimpleName() + (said == null ? "" : " " + Quoted.of(said));
  }

  private static HttpRequest request(Receiver.Http receiver, URI url, Message message, Instant now)
      throws SecretRef.UnreadableException {
    var secrets = new ArrayList<String>();
    for (SecretRef secret : receiver.secrets()) {
      secrets.add(secret.read());
    }
    return switch (receiver.kind()) {
      case WEBHOOK -> {
        byte[] body = StandardWebhook.body(message);
        List<byte[]> keys = keys(receiver, secrets);
        HttpRequest.Builder post = post(url, body);
        StandardWebhook.headers(message.id(), body, keys, now).forEach(post::header);
        yield post.build();
      }
      case SLACK -> post(url, ChatBodies.slack(message.draft())).build();
      case WECOM -> post(url, ChatBodies.wecom(message.draft())).build();
      case DINGTALK -> {
        URI signed = secrets.isEmpty() ? url : DingTalk.sign(url, secrets.getFirst(), now);
        yield post(signed, ChatBodies.dingtalk(message.draft())).build();
      }
      case FEISHU -> {
        Feishu.Signature signature =
            secrets.isEmpty() ? null : Feishu.sign(secrets.getFirst(), now);
        yield post(url, ChatBodies.feishu(message.draft(), signature)).build();
      }
      case EMAIL -> throw new IllegalArgumentException("mail goes by SMTP");
    };
  }

  private static HttpRequest.Builder post(URI uri, byte[] body) {
    return HttpRequest.newBuilder(uri)
        .version(HttpClient.Version.HTTP_1_1)
        .header("User-Agent", "modgate")
        .header("Content-Type", "application/json; charset=utf-8")
        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
  }

  private static List<byte[]> keys(Receiver.Http receiver, List<String> secrets)
      throws SecretRef.UnreadableException {
    var keys = new ArrayList<byte[]>();
    for (int i = 0; i < secrets.size(); i++) {
      try {
        keys.add(StandardWebhook.key(secrets.get(i)));
      } catch (IllegalArgumentException e) {
        throw new SecretRef.UnreadableException(
            "secret " + Quoted.of(receiver.secrets().get(i).toString()) + " " + e.getMessage());
      }
    }
    return keys;
  }

  /// What lets somebody in by the URL alone: the values of its parameters, and the parts of its
  /// path that are long enough to be no word.
  private static Set<String> secretsOf(URI url) {
    String query = url.getRawQuery() == null ? "" : url.getRawQuery();
    return Stream.concat(
            Arrays.stream(query.split("&", -1)).map(pair -> pair.substring(pair.indexOf('=') + 1)),
            Arrays.stream(url.getRawPath().split("/", -1)))
        .filter(part -> part.length() >= LEAST_SECRET)
        .collect(Collectors.toSet());
  }

  /// @throws SecretRef.UnreadableException when something that is sent with can't be read
  static void check(Receiver.Http receiver) throws SecretRef.UnreadableException {
    var _ = receiver.url().read();
    var secrets = new ArrayList<String>();
    for (SecretRef secret : receiver.secrets()) {
      secrets.add(secret.read());
    }
    if (receiver.kind() == ChannelKind.WEBHOOK) {
      var _ = keys(receiver, secrets);
    }
  }

  @Override
  public void close() {
    trust.close();
  }
}
