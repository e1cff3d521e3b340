package dev.modgate.watcher.hook.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.watcher.hook.Example;
import dev.modgate.watcher.hook.signature.Authenticity.Authentic;
import dev.modgate.watcher.hook.signature.Authenticity.Stale;
import dev.modgate.watcher.hook.signature.Authenticity.Unsigned;
import dev.modgate.watcher.hook.signature.Authenticity.Wrong;
import dev.modgate.watcher.source.HostKind;
import dev.modgate.watcher.source.Source;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SignatureSchemeTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String SECRET = "a secret of some length";
  private static final String NEXT = "the secret that takes its place";
  private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private static Authenticity check(Example sent, String... secrets) {
    return SignatureScheme.of(
            sent.host(), new Source.Webhook(List.of(), "X-Modgate-Signature", "X-Modgate-Delivery"))
        .check(sent.hookHeaders(), sent.body(), List.of(secrets), NOW);
  }

  @ParameterizedTest
  @CsvSource({
    "github/push, 72d3162e-cc78-11e3-81ab-4c9367dc0958",
    "gitlab/push, f5e69811-7e4d-4b2b-a1f8-2a0b5d0a2c53",
    "gitlab/push-signed, f5e69811-7e4d-4b2b-a1f8-2a0b5d0a2c53",
    "gitea/push, f6266f16-1bf3-46a5-9ea4-602e06ead473",
    "gitea/push-of-forgejo, f6266f16-1bf3-46a5-9ea4-602e06ead473",
    "bitbucket/cloud-push, 8d3dc9c4-06b1-4c50-8a11-0f6e4d2b9a3e",
    "bitbucket/data-center-push, 01ba4719-c80b-4fe9-91ae-acea4b6d7b52",
    "generic/push, main-1",
  })
  void whatEitherSecretHasSignedIsAuthenticAndHasTheHostsId(String file, String id) {
    Example sent = Example.of(file);

    for (String secret : new String[] {SECRET, NEXT}) {
      assertThat(check(sent.signed(secret, NOW), SECRET, NEXT))
          .isInstanceOfSatisfying(
              Authentic.class, authentic -> assertThat(authentic.id()).contains(id));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "github/push",
        "gitlab/push",
        "gitlab/push-signed",
        "gitea/push",
        "gitea/push-of-forgejo",
        "bitbucket/cloud-push",
        "bitbucket/data-center-push",
        "gitee/push",
        "generic/push"
      })
  void whatNoSecretHasSignedIsWrongAndNothingIsUnsigned(String file) {
    Example sent = Example.of(file);

    assertThat(check(sent.signed("another secret", NOW), SECRET, NEXT)).isInstanceOf(Wrong.class);
    assertThat(check(sent, SECRET)).isInstanceOf(Unsigned.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "github/push",
        "gitlab/push-signed",
        "gitea/push",
        "bitbucket/cloud-push",
        "generic/push"
      })
  void anotherBodyUnderTheSameSignatureIsWrong(String file) {
    Example sent = Example.of(file).signed(SECRET, NOW);

    assertThat(check(sent.withBody("{}"), SECRET)).isInstanceOf(Wrong.class);
  }

  /// https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
  @Test
  void agreesWithTheExampleOfGithubsDocumentation() {
    var headers =
        new HookHeaders(
            Map.of(
                "x-hub-signature-256",
                List.of(
                    "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")));
    SignatureScheme github =
        SignatureScheme.of(HostKind.GITHUB, new Source.Webhook(List.of(), "", ""));

    assertThat(
            github.check(
                headers,
                "Hello, World!".getBytes(StandardCharsets.UTF_8),
                List.of("It's a Secret to Everybody"),
                NOW))
        .isInstanceOf(Authentic.class);
  }

  /// Of the reference libraries of Standard Webhooks.
  @Test
  void agreesWithTheExampleOfTheStandard() {
    var headers =
        new HookHeaders(
            Map.of(
                "Webhook-Id", List.of("msg_p5jXN8AQM9LWM0D4loKWxJek"),
                "Webhook-Timestamp", List.of("1614265330"),
                "Webhook-Signature",
                    List.of("v1a,bm8= v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= v1,bm8=")));

    assertThat(
            new GitlabSignature()
                .check(
                    headers,
                    "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8),
                    List.of(KEY),
                    Instant.ofEpochSecond(1_614_265_330)))
        .isEqualTo(new Authentic(Optional.of("msg_p5jXN8AQM9LWM0D4loKWxJek"), "1614265330"));
  }

  @Test
  void githubsSha1IsNotTaken() {
    Example sent = Example.of("github/push").with("X-Hub-Signature", "sha1=" + "0".repeat(40));

    assertThat(check(sent, SECRET)).isEqualTo(new Unsigned("no X-Hub-Signature-256 came"));
    assertThat(check(sent.with("X-Hub-Signature-256", "sha1=" + "0".repeat(40)), SECRET))
        .isInstanceOf(Wrong.class);
  }

  @Test
  void bitbucketsSha1IsNotTaken() {
    Example sent =
        Example.of("bitbucket/cloud-push").with("X-Hub-Signature", "sha1=" + "0".repeat(40));

    assertThat(check(sent, SECRET)).isInstanceOf(Wrong.class);
  }

  @Test
  void aWrongSignatureIsNotMadeUpForByARightToken() {
    Example sent = Example.of("gitlab/push-signed").signed("another", NOW);

    assertThat(check(sent.with("X-Gitlab-Token", SECRET), SECRET)).isInstanceOf(Wrong.class);
    assertThat(check(sent.with("webhook-signature", "").with("X-Gitlab-Token", SECRET), SECRET))
        .isInstanceOf(Wrong.class);
    assertThat(check(sent.without("webhook-id").with("X-Gitlab-Token", SECRET), SECRET))
        .isInstanceOf(Wrong.class);
  }

  @Test
  void aRightSignatureUnderAnotherHostsHeaderIsNotTaken() {
    Example sent = Example.of("gitea/push-of-forgejo").signed(SECRET, NOW);

    assertThat(check(sent.with("X-Forgejo-Signature", Example.hex("x", sent.body())), SECRET))
        .as("the other one is right")
        .isInstanceOf(Wrong.class);
  }

  @Test
  void aKeyToSignWithIsNoToken() {
    Example sent = Example.of("gitlab/push").signed(KEY, NOW);

    assertThat(check(sent, KEY)).isInstanceOf(Wrong.class);
    assertThat(check(Example.of("gitlab/push-signed").signed(KEY, NOW), KEY))
        .isInstanceOf(Authentic.class);
  }

  @Test
  void aSignedTimeMayDifferByFiveMinutes() {
    Example sent = Example.of("gitlab/push-signed");

    for (Duration early : List.of(Duration.ofMinutes(5), Duration.ofMinutes(-5))) {
      assertThat(check(sent.signed(SECRET, NOW.plus(early)), SECRET)).isInstanceOf(Authentic.class);
      assertThat(check(sent.signed(SECRET, NOW.plus(early.multipliedBy(2))), SECRET))
          .isInstanceOf(Stale.class);
    }
    assertThat(check(sent.signed("another", NOW.minusSeconds(3_600)), SECRET))
        .as("who can't sign does not hear of times")
        .isInstanceOf(Wrong.class);
  }

  @Test
  void giteesSignedTimeMayDifferByAnHour() {
    Example sent = Example.of("gitee/push");

    assertThat(check(sent.signed(SECRET, NOW.minusSeconds(3_600)), SECRET))
        .isEqualTo(
            new Authentic(
                Optional.empty(), String.valueOf(NOW.minusSeconds(3_600).toEpochMilli())));
    assertThat(check(sent.signed(SECRET, NOW.minusSeconds(3_601)), SECRET))
        .isInstanceOf(Stale.class);
    assertThat(check(sent.signed(SECRET, NOW.plusSeconds(3_601)), SECRET))
        .isInstanceOf(Stale.class);
    assertThat(
            check(
                sent.signed(SECRET, NOW.minusSeconds(3_601))
                    .with("X-Gitee-Timestamp", String.valueOf(NOW.toEpochMilli())),
                SECRET))
        .isInstanceOf(Wrong.class);
  }

  @Test
  void giteesPasswordIsTaken() {
    assertThat(check(Example.of("gitee/push").with("X-Gitee-Token", SECRET), SECRET))
        .isEqualTo(new Authentic(Optional.empty(), ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "sha256=", "sha256=zz", "zz", "sha256=sha256=", "v1,", "v1,!", ",", "é"})
  void nonsenseIsWrongOrNothing(String signature) {
    for (String file :
        List.of("github/push", "gitea/push", "bitbucket/cloud-push", "generic/push")) {
      Example sent = Example.of(file).signed(SECRET, NOW);
      Example spoilt = sent;
      for (String header :
          List.of(
              "X-Hub-Signature-256",
              "X-Gitea-Signature",
              "X-Hub-Signature",
              "X-Modgate-Signature")) {
        spoilt = sent.headers().containsKey(header) ? spoilt.with(header, signature) : spoilt;
      }

      assertThat(check(spoilt, SECRET)).as(file).isNotInstanceOf(Authentic.class);
    }
    assertThat(
            check(
                Example.of("gitlab/push-signed")
                    .signed(SECRET, NOW)
                    .with("webhook-signature", signature),
                SECRET))
        .isInstanceOf(Wrong.class);
  }

  @Test
  void aHeaderThatComesTwiceIsWrong() {
    Example sent = Example.of("github/push").signed(SECRET, NOW);
    String right = sent.headers().get("X-Hub-Signature-256");
    var headers = new HookHeaders(Map.of("X-Hub-Signature-256", List.of(right, right)));

    assertThat(
            SignatureScheme.of(HostKind.GITHUB, new Source.Webhook(List.of(), "", ""))
                .check(headers, sent.body(), List.of(SECRET), NOW))
        .isInstanceOf(Wrong.class);
  }

  @Test
  void anIdThatIsNoWordIsItsHashAndABlankOneIsNone() {
    for (String id : List.of("a b", "x".repeat(181), "ä")) {
      assertThat(new Authentic(Optional.of(id), "").id().orElseThrow())
          .as(id)
          .matches("sha256:[0-9a-f]{64}");
    }
    assertThat(new Authentic(Optional.of(""), "").id()).isEmpty();
    assertThat(new Authentic(Optional.of("  "), "").id()).isEmpty();
  }

  /// One push of two branches is two deliveries with one UUID.
  @Test
  void gitlabsUuidOfAnEventIsNoIdOfADelivery() {
    Example old = Example.of("gitlab/push").without("Idempotency-Key").signed(SECRET, NOW);

    assertThat(check(old, SECRET))
        .isEqualTo(new Authentic(Optional.empty(), "13792a34-cac6-4fda-95a8-c58e00a3954e"));
  }

  @Test
  void aGenericHostMaySignWithoutThePrefix() {
    Example sent = Example.of("generic/push");

    assertThat(check(sent.with("X-Modgate-Signature", Example.hex(SECRET, sent.body())), SECRET))
        .isInstanceOf(Authentic.class);
  }
}
