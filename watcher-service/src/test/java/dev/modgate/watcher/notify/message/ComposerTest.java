package dev.modgate.watcher.notify.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.event.Want;
import dev.modgate.watcher.happening.Happening;
import dev.modgate.watcher.notify.channel.Language;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What people read.
final class ComposerTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
  private static final Happening DONE =
      new Happening.SyncEnded(
          "s1", Happening.End.DONE, "pay@0123456789ab", 312, 312, 0, 0, 0, 0L, List.of());
  private static final Happening FAILED =
      new Happening.SyncEnded(
          "s2",
          Happening.End.FAILED,
          "pay@0123456789ab",
          312,
          308,
          1,
          1,
          1,
          1L,
          List.of(
              new Happening.Problem(
                  "example.com/m@v1.0.0",
                  "claim-mismatch",
                  "go.sum:12 claims h1:a but h1:b is inside")));
  private static final Happening REFUSED = refused(RejectReason.BAD_ZIP);
  private static final Happening FORGED = refused(RejectReason.SUMDB_MISMATCH);
  private static final Happening STOPPED =
      new Happening.StageStopped(
          StageName.VERIFY, "checksum database sum.golang.org stopped everything: it forked");

  @Test
  void inEnglish() {
    assertThat(text(Language.EN, DONE, FAILED, REFUSED, STOPPED))
        .isEqualTo(
            """
            Modgate: 2 security events, 1 module refused, 1 sync done

            Security: sync failed: pay@0123456789ab
            308 of 312 modules are inside; 1 contradicts go.sum, 1 was refused, no upstream has 1, 1 was given up.
            • example.com/m@v1.0.0 (claim-mismatch): go.sum:12 claims h1:a but h1:b is inside
            • and 3 more modules
            A go.sum line claims another hash than what is inside has: somebody may have changed bytes.
            Owner: payments team
            Details https://modgate.example.com/api/v1/syncs/s2

            Security: the verify stage has stopped
            checksum database sum.golang.org stopped everything: it forked
            Nothing new comes inside until a person has looked into it.
            Details https://modgate.example.com/api/v1/status

            Module refused: example.com/m@v1.0.0 (bad-zip)
            example.com/m@v1.0.0: two entries have one name
            Wanted by pay@0123456789ab, web@1 and 3 others
            Details https://modgate.example.com/api/v1/modules/example.com/m/versions/v1.0.0

            Sync done: pay@0123456789ab
            All 312 modules are inside.
            Owner: payments team
            Details https://modgate.example.com/api/v1/syncs/s1
            """);
  }

  @Test
  void inChinese() {
    assertThat(text(Language.ZH, DONE, FAILED, FORGED, STOPPED))
        .isEqualTo(
            """
            Modgate：3 个安全事件，1 个同步完成

            安全事件：同步失败：pay@0123456789ab
            312 个模块中有 308 个已进入内网；1 个与 go.sum 不符，1 个被拒绝，1 个在所有上游都找不到，1 个多次重试后已放弃。
            • example.com/m@v1.0.0（claim-mismatch）：go.sum:12 claims h1:a but h1:b is inside
            • 另有 3 个模块
            go.sum 中的哈希与内网已有的内容不一致，内容可能被篡改。
            负责人：payments team
            查看详情 https://modgate.example.com/api/v1/syncs/s2

            安全事件：模块被拒绝：example.com/m@v1.0.0（sumdb-mismatch）
            example.com/m@v1.0.0: two entries have one name
            内容可能被篡改。请先查明原因，再重新请求该模块。
            需要它的有：pay@0123456789ab、web@1 等，另有 3 个
            查看详情 https://modgate.example.com/api/v1/modules/example.com/m/versions/v1.0.0

            安全事件：校验环节已停止
            checksum database sum.golang.org stopped everything: it forked
            在有人查明原因之前，不会有新模块进入内网。
            查看详情 https://modgate.example.com/api/v1/status

            同步完成：pay@0123456789ab
            312 个模块已全部进入内网。
            负责人：payments team
            查看详情 https://modgate.example.com/api/v1/syncs/s1
            """);
  }

  @Test
  void oneEventIsItsOwnTitle() {
    assertThat(Markup.PLAIN.write(draft(Language.EN, FORGED).title()))
        .isEqualTo("Modgate: Security: module refused: example.com/m@v1.0.0");
    assertThat(Markup.PLAIN.write(draft(Language.ZH, DONE).title()))
        .isEqualTo("Modgate：同步完成：pay@0123456789ab");
  }

  @Test
  void theGoModAndTheZipOfAModuleAreOneEvent() {
    Happening goMod =
        new Happening.ModuleRefused(
            ModuleVersion.parse("example.com/m@v1.0.0"),
            Want.MOD,
            StageName.VERIFY,
            RejectReason.BAD_ZIP,
            "go.mod");

    assertThat(draft(Language.EN, REFUSED, goMod).entries()).hasSize(1);
  }

  @Test
  void whatIsNotNamedIsCounted() {
    Happening[] many = IntStream.range(0, 30).mapToObj(_ -> DONE).toArray(Happening[]::new);
    Draft draft = draft(Language.EN, many);

    assertThat(draft.entries()).hasSize(20);
    assertThat(Markup.PLAIN.write(draft.rest().orElseThrow())).isEqualTo("… and 10 more");
    String fitted = draft.fit(ComposerTest::text, String::length, 400);
    assertThat(fitted).hasSizeLessThan(400).contains("and 28 more");
  }

  @Test
  void aMessageInBriefHasNoWordOfAnybodyElse() {
    Draft draft = composer(Language.EN).brief(List.of(told(FAILED), told(REFUSED)));

    assertThat(text(draft))
        .doesNotContain("pay", "example.com/m", "team")
        .contains("1 security event");
  }

  private static Happening refused(RejectReason reason) {
    return new Happening.ModuleRefused(
        ModuleVersion.parse("example.com/m@v1.0.0"),
        Want.ZIP,
        StageName.VERIFY,
        reason,
        "example.com/m@v1.0.0: two entries have one name");
  }

  private static String text(Language language, Happening... happenings) {
    return text(draft(language, happenings));
  }

  private static String text(Draft draft) {
    String entries =
        draft.entries().stream()
            .map(lines -> lines.stream().map(Markup.PLAIN::write).collect(Collectors.joining("\n")))
            .collect(Collectors.joining("\n\n"));
    String rest = draft.rest().map(line -> "\n" + Markup.PLAIN.write(line)).orElse("");
    return Markup.PLAIN.write(draft.title()) + "\n\n" + entries + rest + "\n";
  }

  private static Draft draft(Language language, Happening... happenings) {
    return composer(language)
        .draft(java.util.Arrays.stream(happenings).map(ComposerTest::told).toList());
  }

  private static Composer composer(Language language) {
    return new Composer(language, 20, URI.create("https://modgate.example.com"));
  }

  private static Told told(Happening happening) {
    var pay =
        new Concerned.Sync("s1", "pay@0123456789ab", "pay", "payments team", "pay/api", "0123");
    var web = new Concerned.Sync("s2", "web@1", "web", "", "web/app", "4567");
    return new Told(AT, happening, new Concerned(List.of(pay, web), 5));
  }
}
