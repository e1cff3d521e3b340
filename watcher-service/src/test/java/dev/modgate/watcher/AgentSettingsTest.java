package dev.modgate.watcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modgate.start.StartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Starts that are refused, each with what is to be put right.
final class AgentSettingsTest {
  private static final String KEY =
      dev.modgate.watcher.wantlist.TestAgent.KEY.verifierKey().toString();

  @TempDir Path folder;

  @Test
  void anAgentSaysAllThatItLacks() {
    assertThat(problems("--modgate.watcher.mode=agent"))
        .containsExactly(
            "modgate.watcher.agent.name is \"\", want a-z, 0-9 and -, at most 63 characters",
            "modgate.watcher.agent.watcher and folder-out: want one of them, the watcher's URL or a"
                + " folder");
    assertThat(
            problems(
                "--modgate.watcher.mode=agent",
                "--modgate.watcher.agent.name=inner-1",
                "--modgate.watcher.agent.watcher=http://watcher.example.com",
                "--modgate.watcher.agent.watcher-key=a+b"))
        .anyMatch(problem -> problem.contains("want https://HOST, or http:// to loopback"))
        .anyMatch(problem -> problem.startsWith("modgate.watcher.agent.watcher-key: "));
  }

  @Test
  void anAgentReadsItsSourcesItself() {
    assertThat(
            problems(
                "--modgate.watcher.mode=agent",
                "--modgate.watcher.agent.name=inner-1",
                "--modgate.watcher.agent.folder-out=" + folder,
                "--modgate.watcher.sources.payments.agent=inner-1"))
        .containsExactly(
            "modgate.watcher.sources.payments.agent: this is an agent, which reads its sources"
                + " itself; give git or group");
  }

  @Test
  void aLostKeyIsNotMadeAnew() throws Exception {
    Files.writeString(folder.resolve("key.pub"), KEY + "\n");

    assertThat(
            problems(
                "--modgate.watcher.mode=agent",
                "--modgate.watcher.agent.name=inner-1",
                "--modgate.watcher.agent.folder-out=" + folder,
                "--modgate.watcher.agent.signing-key=" + folder.resolve("key")))
        .singleElement()
        .asString()
        .contains("does not exist; where it was lost, restore it from a backup");
  }

  @Test
  void aWatcherPinsTheKeyOfEachAgentOfASource() {
    assertThat(problems("--modgate.watcher.sources.payments.agent=inner-1"))
        .containsExactly(
            "modgate.watcher.sources.payments.agent is inner-1, whose public key is to be pinned as"
                + " modgate.watcher.agents.inner-1.key");
  }

  @Test
  void whatIsWrongWithAnAgentIsNamed() {
    assertThat(
            problems(
                "--modgate.watcher.agents.inner-1.key=",
                "--modgate.watcher.agents.inner-1.folder=/x",
                "--modgate.watcher.agents.inner-2.key=" + KEY))
        .containsExactly(
            "modgate.watcher.agents.inner-1.\"folder\" is no setting",
            "modgate.watcher.agents.inner-1.key is empty: want the public key that the agent prints",
            "modgate.watcher.agents.inner-2.key is called \"inner-1\", want inner-2");
  }

  private List<String> problems(String... more) {
    var args = new ArrayList<>(List.of(more));
    args.add("--modgate.watcher.port=0");
    args.add("--modgate.kafka.bootstrap-servers=127.0.0.1:1");
    args.add("--modgate.watcher.database.url=jdbc:h2:file:" + folder.resolve("database"));
    var problems = new ArrayList<String>();
    assertThatThrownBy(() -> WatcherApplication.builder().run(args.toArray(String[]::new)).close())
        .satisfies(e -> problems.addAll(StartException.among(e).orElseThrow().problems()));
    return problems;
  }
}
