package dev.modgate.watcher.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modgate.start.StartException;
import dev.modgate.watcher.database.OnEachDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class DeclaredSourcesTest extends OnEachDatabase {
  @TempDir Path folder;
  private Path secrets = Path.of("secrets");

  private static SourceDeclaration declaration(String git) {
    return JsonMapper.shared()
        .readValue("{\"git\":\"" + git + "\",\"webhook\":false}", SourceDeclaration.class);
  }

  private DeclaredSources sources(Map<String, SourceDeclaration> settings) {
    return new DeclaredSources(
        settings, secrets, new SourceRows(watcher.jdbc), watcher.transaction, watcher.clock);
  }

  @Test
  void whatIsAddedIsThereForEveryWatcherOfTheDatabase() throws Exception {
    DeclaredSources one = sources(Map.of());

    assertThat(one.put("api", declaration("https://github.com/pay/api")))
        .isEqualTo(DeclaredSources.Put.ADDED);
    assertThat(one.put("api", declaration("https://github.com/pay/api")))
        .isEqualTo(DeclaredSources.Put.UNCHANGED);
    assertThat(one.put("api", declaration("https://github.com/pay/web")))
        .isEqualTo(DeclaredSources.Put.CHANGED);

    DeclaredSources other = sources(Map.of());
    assertThat(other.find("api").map(other::repositories).orElseThrow())
        .extracting(Repository::name)
        .containsExactly("pay/web");
    assertThat(other.remove("api")).isTrue();
    assertThat(one.all()).isEmpty();
    assertThat(one.history("api", 10))
        .extracting(SourceRows.Change::change)
        .containsExactly("removed", "changed", "added");
  }

  @Test
  void whatChangesInTheSettingsIsHistoryToo() {
    sources(Map.of("api", declaration("https://github.com/pay/api"))).settle();
    sources(Map.of("api", declaration("https://github.com/pay/api"))).settle();
    sources(Map.of("api", declaration("https://github.com/pay/web"))).settle();
    DeclaredSources last = sources(Map.of());
    last.settle();

    assertThat(last.history("api", 10))
        .extracting(SourceRows.Change::change, SourceRows.Change::declared)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("removed", "settings"),
            org.assertj.core.groups.Tuple.tuple("changed", "settings"),
            org.assertj.core.groups.Tuple.tuple("added", "settings"));
  }

  @Test
  void theSettingsCountWhereBothHaveOne() throws Exception {
    sources(Map.of()).put("api", declaration("https://github.com/pay/old"));

    DeclaredSources sources = sources(Map.of("api", declaration("https://github.com/pay/api")));

    assertThat(sources.all())
        .singleElement()
        .extracting(source -> sources.repositories(source).getFirst().name())
        .isEqualTo("pay/api");
  }

  @Test
  void whoAddsASourceCannotHaveAnyFileSent() throws Exception {
    secrets = Files.createDirectories(folder.resolve("secrets"));
    Path token = Files.writeString(secrets.resolve("token"), "t0ken");
    Path key = Files.writeString(folder.resolve("signing-key"), "the key of the verifier");
    Path link = Files.createSymbolicLink(secrets.resolve("link"), key);
    DeclaredSources sources = sources(Map.of());

    assertThat(sources.put("api", withCredential("file:" + token)))
        .isEqualTo(DeclaredSources.Put.ADDED);
    for (String reference :
        List.of("file:" + key, "file:" + link, "file:" + secrets + "/../signing-key", "env:PATH")) {
      assertThatExceptionOfType(SourceException.class)
          .isThrownBy(() -> sources.put("other", withCredential(reference)))
          .withMessageContaining("of a source that is added by the API it has to");
    }
    assertThat(sources.find("other")).isEmpty();
  }

  private static SourceDeclaration withCredential(String reference) {
    return JsonMapper.shared()
        .readValue(
            "{\"git\":\"https://github.com/a\",\"webhook\":false,\"gitCredential\":\""
                + reference
                + "\"}",
            SourceDeclaration.class);
  }

  @Test
  void aStartIsRefusedWithEveryProblemOfTheSettings() {
    var broken = JsonMapper.shared().readValue("{\"host\":\"svn\"}", SourceDeclaration.class);
    var noSecret =
        JsonMapper.shared()
            .readValue(
                "{\"git\":\"https://github.com/a\",\"secrets\":[\"file:/no/such/file\"]}",
                SourceDeclaration.class);

    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> sources(Map.of("one", broken, "two", noSecret)))
        .withMessageContaining("modgate.watcher.sources.one.git is missing")
        .withMessageContaining("modgate.watcher.sources.one.host is \"svn\"")
        .withMessageContaining(
            "modgate.watcher.sources.two.secrets: secret \"file:/no/such/file\" does not exist");
  }
}
