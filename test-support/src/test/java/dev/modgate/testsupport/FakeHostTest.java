package dev.modgate.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FakeHostTest {
  private static final String COMMIT = "a".repeat(40);
  private final FakeHost host = FakeHost.start();
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    client.close();
    host.close();
  }

  @Test
  void keepsTheStatusThatItTook() throws Exception {
    var response =
        send(
            "POST",
            "/api/v3/repos/pay/api/statuses/" + COMMIT,
            "{\"state\":\"pending\",\"context\":\"c\",\"target_url\":\"u\",\"description\":\"d\"}");

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(host.status("pay/api", COMMIT))
        .contains(new FakeHost.Status("pay/api", COMMIT, "pending", "d", "u", "c"));
  }

  @Test
  void refusesAsGitLabDoesWhatTheCommitHasAlready() throws Exception {
    String path = "/api/v4/projects/pay%2Fapi/statuses/" + COMMIT;
    String pending = "{\"state\":\"pending\"}";

    assertThat(send("POST", path, pending).statusCode()).isEqualTo(201);
    assertThat(send("POST", path, pending).statusCode()).isEqualTo(400);
  }

  @Test
  void changesNoConclusionAsGiteeDoes() throws Exception {
    String runs = "/api/v5/repos/pay/api/check-runs";
    String done = "{\"head_sha\":\"" + COMMIT + "\",\"conclusion\":\"success\"}";

    assertThat(send("POST", runs, done).statusCode()).isEqualTo(201);
    assertThat(send("PATCH", runs + "/1", done).statusCode()).isEqualTo(422);
  }

  @Test
  void listsAGroupInPages() throws Exception {
    host.add("pay/a", "pay/b", "pay/c").pageSize(2);

    var first = send("GET", "/api/v1/orgs/pay/repos?limit=50&page=1", "");
    var second = send("GET", "/api/v1/orgs/pay/repos?limit=50&page=2", "");

    assertThat(first.body()).contains("pay/a", "pay/b").doesNotContain("pay/c");
    assertThat(first.headers().firstValue("Link").orElse("")).contains("rel=\"next\"");
    assertThat(second.body()).contains("pay/c");
    assertThat(second.headers().firstValue("Link").orElse("")).doesNotContain("rel=\"next\"");
  }

  @Test
  void asksForTheTokenAsEachHostDoes() throws Exception {
    host.requireToken("t");

    assertThat(send("GET", "/api/v1/orgs/pay/repos?page=1", "").statusCode()).isEqualTo(401);
  }

  @Test
  void misbehavesAsOftenAsItIsTold() throws Exception {
    host.fault("GET api/v1", 1, Fault.busy(429, 7));

    var busy = send("GET", "/api/v1/orgs/pay/repos?page=1", "");

    assertThat(busy.statusCode()).isEqualTo(429);
    assertThat(busy.headers().firstValue("Retry-After")).contains("7");
    assertThat(send("GET", "/api/v1/orgs/pay/repos?page=1", "").statusCode()).isEqualTo(200);
    assertThat(host.requests()).hasSize(2);
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(host.url() + path))
            .version(HttpClient.Version.HTTP_1_1)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }
}
