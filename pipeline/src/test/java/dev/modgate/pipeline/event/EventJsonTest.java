package dev.modgate.pipeline.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.store.BlobRef;
import dev.modgate.pipeline.store.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// The golden files are the contract: once released they never change. A new event version gets a
/// folder of its own, and the old one stays readable.
class EventJsonTest {
  private static final ModuleVersion MODULE =
      ModuleVersion.parse("github.com/BurntSushi/toml@v1.4.0");
  private static final H1 H = new H1("h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
  private static final Instant AT = Instant.parse("2026-11-01T10:20:30.123456Z");
  private static final RequestId REQUEST = new RequestId("r-1", 2);
  private static final List<Origin> ORIGINS =
      List.of(
          new Origin(
              "s-1",
              List.of(
                  new Claim(Claim.Subject.ZIP, H, "go.sum", 3),
                  new Claim(Claim.Subject.GO_MOD, H, "go.sum", 4))));
  private static final BlobRef BLOB = new BlobRef(Sha256.of(new byte[0]), 0);
  private static final Fetch FETCH = new Fetch("https://proxy.example.com", AT);
  private static final Files FILES = new Files(BLOB, BLOB, BLOB);
  private static final Evidence EVIDENCE =
      new Evidence(FETCH, FILES, H, H, ORIGINS, List.of("zip hash is as claimed"), 0, AT);

  private static final List<Refusal> REFUSALS =
      List.of(
          new Refusal(
              "https://a.example.com",
              Set.of(Files.Kind.ZIP, Files.Kind.MOD),
              RejectReason.GO_MOD_DIFFERS,
              "the go.mod in the zip is not the .mod"));

  /// Those whose fields came later: an event without them is what older code writes.
  private static final List<ModuleEvent> WITH_REFUSALS =
      List.of(
          new ModuleRequested(REQUEST, MODULE, Want.ZIP, ORIGINS, 1, REFUSALS),
          new ModuleFetched(
              REQUEST,
              MODULE,
              Want.ZIP,
              ORIGINS,
              1,
              new Fetch(
                  "https://proxy.example.com",
                  AT,
                  Map.of(
                      Files.Kind.INFO,
                      "https://c.example.com",
                      Files.Kind.MOD,
                      "https://c.example.com")),
              FILES,
              REFUSALS,
              List.of(".zip: https://c.example.com answered 404"),
              Map.of(Files.Kind.ZIP, List.of("https://d.example.com"))),
          new ModuleDeferred(
              REQUEST,
              MODULE,
              Want.ZIP,
              StageName.VERIFY,
              DeferReason.WRONG_BYTES,
              "the go.mod in the zip is not the .mod",
              AT,
              REFUSALS));

  private static final ModuleEvent WITH_SUMDB =
      new ModuleVerified(
          REQUEST,
          MODULE,
          Want.ZIP,
          new Evidence(
              FETCH,
              FILES,
              H,
              H,
              ORIGINS,
              List.of("zip hash is what the checksum database signed"),
              0,
              AT,
              new SumDbEvidence(
                  "sum.golang.org",
                  942,
                  51_929_436,
                  "mQw+jf8Ko94JweSoG8190LvpV8myM/RNeAJ9TYKnia8=",
                  """
                  github.com/BurntSushi/toml@v1.4.0
                  mQw+jf8Ko94JweSoG8190LvpV8myM/RNeAJ9TYKnia8=

                  942
                  """)));

  private static final ModuleEvent WITH_VERDICT =
      new ModuleVerified(
          REQUEST,
          MODULE,
          Want.ZIP,
          EVIDENCE.withVerdict("modgate verdict v1\n\n— modgate-verifier AAAAAAA=\n"));

  private static final ModuleEvent WITH_GO_MOD =
      new ModuleVerified(
          REQUEST,
          MODULE,
          Want.MOD,
          EVIDENCE,
          new GoModFacts(
              "github.com/BurntSushi/toml",
              "1.24.0",
              "go1.25.4",
              List.of("golang.org/x/mod@v0.23.0", "github.com/BurntSushi/toml@v1.4.0"),
              List.of(new GoModFacts.Span("v1.0.0", "v1.0.9"))));

  private static final Set<String> MAY_BE_MISSING =
      Set.of(
          "goMod",
          "verdict",
          "sumdb",
          "refusals",
          "misses",
          "untried",
          "elsewhere",
          "zip",
          "zipHash");

  static Stream<ModuleEvent> events() {
    return Stream.concat(
        Stream.concat(WITH_REFUSALS.stream(), Stream.of(WITH_SUMDB, WITH_VERDICT, WITH_GO_MOD)),
        plainEvents());
  }

  private static Stream<ModuleEvent> plainEvents() {
    return Stream.of(
        new ModuleRequested(REQUEST, MODULE, Want.ZIP, ORIGINS, 1),
        new ModuleFetched(REQUEST, MODULE, Want.ZIP, ORIGINS, 1, FETCH, FILES),
        new ModuleVerified(REQUEST, MODULE, Want.ZIP, EVIDENCE),
        new ModulePublished(REQUEST, MODULE, Want.ZIP, EVIDENCE, AT),
        new ModuleRejected(
            REQUEST,
            MODULE,
            Want.MOD,
            StageName.VERIFY,
            RejectReason.CLAIM_MISMATCH,
            "zip hash is h1:a but go.sum:3 claims h1:b",
            ORIGINS,
            null,
            0,
            AT),
        new ModuleDeferred(
            REQUEST,
            MODULE,
            Want.ZIP,
            StageName.FETCH,
            DeferReason.UPSTREAM_FAILED,
            "timeout",
            AT));
  }

  @ParameterizedTest
  @MethodSource("events")
  void writesTheGoldenFile(ModuleEvent event) throws IOException {
    var mapper = EventJson.mapper();

    assertThat(mapper.readTree(EventJson.write(event))).isEqualTo(mapper.readTree(golden(event)));
  }

  @ParameterizedTest
  @MethodSource("events")
  void readsTheGoldenFile(ModuleEvent event) throws Exception {
    assertThat(EventJson.read(event.getClass(), golden(event))).isEqualTo(event);
  }

  @ParameterizedTest
  @MethodSource("events")
  void ignoresAFieldItDoesNotKnow(ModuleEvent event) throws Exception {
    String json = new String(EventJson.write(event), UTF_8);
    byte[] more = json.replaceFirst("\\{", "{\"later\":{\"x\":[1]},").getBytes(UTF_8);

    assertThat(EventJson.read(event.getClass(), more)).isEqualTo(event);
  }

  @Test
  void tellsNewerCodeApartFromGarbage() {
    byte[] newer = "{\"eventVersion\":2,\"anything\":true}".getBytes(UTF_8);

    assertThatThrownBy(() -> EventJson.read(ModuleRequested.class, newer))
        .isInstanceOf(UnknownEventVersionException.class)
        .hasMessageContaining("event version 2 is newer than 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\u0000\u0000",
        "null",
        "[]",
        "{}",
        "{\"eventVersion\":0}",
        "{\"eventVersion\":1}",
        "{\"eventVersion\":1,\"request\":{\"id\":\"r\",\"attempt\":1},\"module\":\"../x@v1.0.0\"}",
        "{\"eventVersion\":1,\"request\":{\"id\":\"r\",\"attempt\":1},"
            + "\"module\":\"example.com/m@v1.0.0\",\"want\":\"everything\"}",
        "<html>login</html>",
      })
  void findsGarbageUnreadable(String garbage) {
    assertThatThrownBy(() -> EventJson.read(ModuleRequested.class, garbage.getBytes(UTF_8)))
        .isInstanceOf(UnreadableEventException.class);
  }

  @ParameterizedTest
  @MethodSource("events")
  void findsAnEventThatLacksAPartUnreadable(ModuleEvent event) {
    ObjectNode whole = (ObjectNode) EventJson.mapper().readTree(EventJson.write(event));

    for (String part : partsOf(whole, "")) {
      ObjectNode without = whole.deepCopy();
      int slash = part.lastIndexOf('/');
      ((ObjectNode) without.at(part.substring(0, slash))).remove(part.substring(slash + 1));
      byte[] json = EventJson.mapper().writeValueAsBytes(without);

      assertThatThrownBy(() -> EventJson.read(event.getClass(), json))
          .as(part)
          .isInstanceOf(UnreadableEventException.class);
    }
  }

  /// Pointers to all that an event can't be without.
  private static List<String> partsOf(ObjectNode node, String at) {
    var parts = new ArrayList<String>();
    for (var field : node.properties()) {
      String pointer = at + "/" + field.getKey();
      if (field.getValue() instanceof ObjectNode inner
          && !MAY_BE_MISSING.contains(field.getKey())) {
        parts.addAll(partsOf(inner, pointer));
      }
      if (!field.getValue().isNumber() && !MAY_BE_MISSING.contains(field.getKey())) {
        parts.add(pointer);
      }
    }
    return parts;
  }

  @Test
  void aRecordThatIsNoEventDoesNotSteerTheTerminalOfWhoReadsTheLog() {
    String json = "{\"eventVersion\":1,\"request\":{\"id\":\"\\u001b[2J\",\"attempt\":0}}";

    assertThatThrownBy(() -> EventJson.read(ModuleRequested.class, json.getBytes(UTF_8)))
        .isInstanceOf(UnreadableEventException.class)
        .satisfies(e ->
            assertThat(e.getMessage())
                .startsWith("record is no ModuleRequested: \"")
                .doesNotContain("\u001b", "\n"));
  }

  @Test
  void findsDeepNestingUnreadable() {
    byte[] deep = ("{\"eventVersion\":1,\"x\":" + "[".repeat(100_000)).getBytes(UTF_8);

    assertThatThrownBy(() -> EventJson.read(ModuleRequested.class, deep))
        .isInstanceOf(UnreadableEventException.class);
  }

  @Test
  void readsNothingThatIsTooLarge() {
    assertThatThrownBy(
            () -> EventJson.read(ModuleRequested.class, new byte[EventJson.MAX_BYTES + 1]))
        .isInstanceOf(UnreadableEventException.class)
        .hasMessageContaining("at most 262144 are read");
  }

  @Test
  void cutsASentenceThatIsTooLong() {
    var event =
        new ModuleDeferred(
            REQUEST,
            MODULE,
            Want.ZIP,
            StageName.FETCH,
            DeferReason.UPSTREAM_FAILED,
            "ü".repeat(1_000_000),
            AT);

    assertThat(event.sentence()).hasSize(Limits.SENTENCE).endsWith("…");
    assertThat(EventJson.write(event)).hasSizeLessThan(EventJson.MAX_BYTES);
  }

  @Test
  void aFetchSaysWhichUpstreamGaveWhichFile() {
    var one = new Fetch("https://b", AT, Map.of(Files.Kind.INFO, "https://b"));
    var split =
        new Fetch(
            "https://b", AT, Map.of(Files.Kind.INFO, "https://a", Files.Kind.MOD, "https://a"));

    assertThat(one).isEqualTo(new Fetch("https://b", AT));
    assertThat(one.sentence()).isEqualTo("https://b");
    assertThat(split.sentence()).isEqualTo("https://b (.info, .mod from https://a)");
    assertThat(split.from(Files.Kind.INFO)).isEqualTo("https://a");
    assertThat(split.from(Files.Kind.ZIP)).isEqualTo("https://b");
  }

  @Test
  void carriesNoMoreRefusalsThanItMay() {
    var many = java.util.Collections.nCopies(1_000, REFUSALS.getFirst());

    var event = new ModuleRequested(REQUEST, MODULE, Want.ZIP, ORIGINS, 1, many);

    assertThat(event.refusals()).hasSize(Refusal.MOST);
  }

  private static byte[] golden(ModuleEvent event) throws IOException {
    String more =
        WITH_REFUSALS.contains(event)
            ? "-refusals"
            : event.equals(WITH_SUMDB)
                ? "-sumdb"
                : event.equals(WITH_VERDICT)
                    ? "-signed"
                    : event.equals(WITH_GO_MOD) ? "-go-mod" : "";
    String name = "/golden/v1/" + Topic.of(event).name("") + more + ".json";
    try (InputStream in = EventJsonTest.class.getResourceAsStream(name)) {
      assertThat(in).as("golden file %s", name).isNotNull();
      return java.util.Objects.requireNonNull(in).readAllBytes();
    }
  }
}
