package dev.modgate.watcher.wantlist;

import static dev.modgate.watcher.wantlist.TestAgent.KEY;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.modgate.gomod.note.SignedNote;
import dev.modgate.gomod.note.SigningKey;
import java.util.ArrayList;
import java.util.List;

/// One want list for each fault.
final class FaultyWantLists {
  private static final String GOOD =
      TestAgent.list(1, "payments", TestAgent.lines().toArray(WantLine[]::new));
  private static final String HEADER = GOOD.substring(0, GOOD.indexOf("\n\n") + 1);
  private static final String BODY = GOOD.substring(GOOD.lastIndexOf("\n\n") + 2);
  private static final String TEXT_LINE = BODY.substring(0, BODY.indexOf('\n') + 1);

  private final List<Fault> faults = new ArrayList<>();

  /// @param name of its file
  /// @param says part of the sentence
  record Fault(String name, String latin1, Refusal refusal, String says) {
    byte[] content() {
      return latin1.getBytes(ISO_8859_1);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Fault> all() {
    var faulty = new FaultyWantLists();
    faulty.cut();
    faulty.headers();
    faulty.signatures();
    faulty.lines();
    return faulty.faults;
  }

  private void cut() {
    add("empty", "", Refusal.CUT_SHORT, "ends after 0 bytes");
    add("cut-in-header", GOOD.substring(0, 60), Refusal.CUT_SHORT, "before its header does");
    add(
        "cut-before-lines",
        GOOD.substring(0, GOOD.length() - BODY.length()),
        Refusal.CUT_SHORT,
        "ends after 0 lines, its header says 3");
    add(
        "cut-in-last-line",
        GOOD.substring(0, GOOD.length() - 3),
        Refusal.CUT_SHORT,
        "ends after 2 lines, its header says 3");
    add("zeros", "\0".repeat(5000), Refusal.MALFORMED, "do not end within 4096 bytes");
  }

  private void headers() {
    header("other-version", "modgate want list 1", "modgate want list 2", "line 1 is");
    header("windows-line-ends", "modgate want list 1\n", "modgate want list 1\r\n", "line 1 is");
    header("no-number", "number 1\n", "", "line 3 is \"created");
    header("number-zero", "number 1\n", "number 0\n", "number is 0, want 1 or more");
    header("number-with-zero-before", "number 1\n", "number 01\n", "line 3 has \"01\"");
    header("number-too-high", "number 1\n", "number 9999999999999999999\n", "line 3 has");
    header("agent-in-capitals", "agent inner-1", "agent Inner-1", "line 2 has \"Inner-1\"");
    header("source-with-path", "source payments", "source ../payments", "line 5 has");
    header("created-with-fraction", "00:00:00Z", "00:00:00.5Z", "line 4 has");
    header("created-in-other-zone", "00:00:00Z", "00:00:00+01:00", "line 4 has");
    header("commit-cut", TestAgent.COMMIT, TestAgent.COMMIT.substring(1), "line 6 has");
    header("lines-too-many", "lines 3\n", "lines 100001\n", "want at most 100000");
    header("lines-negative", "lines 3\n", "lines -3\n", "line 7 has \"-3\"");
    header("a-ref-besides", "lines 3\n", "ref refs/heads/main\nlines 3\n", "line 7 is \"ref");
    header("header-too-long", "payments", "p".repeat(5000), "do not end within 4096 bytes");
  }

  private void header(String name, String from, String to, String says) {
    add(name, signed(HEADER.replace(from, to), KEY) + BODY, Refusal.MALFORMED, says);
  }

  private void signatures() {
    add(
        "header-changed",
        GOOD.replace("source payments", "source accounts"),
        Refusal.WRONG_SIGNATURE,
        "that this key did not make of its text");
    add(
        "other-key-of-the-name",
        signed(HEADER, TestAgent.key(TestAgent.NAME, 7)) + BODY,
        Refusal.UNKNOWN_KEY,
        "want " + KEY.verifierKey().id());
    add(
        "key-of-another-name",
        signed(HEADER, TestAgent.key("inner-2", 7)) + BODY,
        Refusal.UNKNOWN_KEY,
        "note is signed by \"inner-2+");
    add(
        "unknown-agent",
        signed(HEADER.replace("inner-1", "inner-9"), TestAgent.key("inner-9", 9)) + BODY,
        Refusal.UNKNOWN_KEY,
        "no agent called inner-9 is known");
    add(
        "two-signatures",
        SignedNote.unsigned(HEADER).signedBy(KEY).signedBy(TestAgent.key("inner-2", 7))
            + "\n"
            + BODY,
        Refusal.MALFORMED,
        "other signatures besides");
    add("unsigned", HEADER + "\n\n" + BODY, Refusal.MALFORMED, "its header: note");
  }

  private void lines() {
    add(
        "line-changed",
        GOOD.replace("v1.5.2", "v1.5.1"),
        Refusal.OTHER_LINES,
        "its lines have SHA-256");
    add("line-added", GOOD + "rsc.io/sampler v1.3.0 -\n", Refusal.OTHER_LINES, "is signed");
    add("byte-added", GOOD + " ", Refusal.OTHER_LINES, "is signed");
    body("two-blanks", TEXT_LINE.replaceFirst(" ", "  "), "line 1 is none: has 4 fields");
    body("no-hash", "rsc.io/quote v1.5.2\n", "line 1 is none: has 2 fields");
    body("unknown-hash", "rsc.io/quote v1.5.2 h2:abc\n", "line 1 is none: hash \"h2:abc\"");
    body("no-version", "rsc.io/quote latest -\n", "line 1 is none:");
    body("no-module-path", "../etc v1.5.2 -\n", "line 1 is none:");
    body("version-of-another-major", "rsc.io/quote v3.0.0 -\n", "line 1 is none:");
    body("windows-lines", "rsc.io/quote v1.5.2 -\r\n", "line 1 is none:");
    body("line-twice", TEXT_LINE + TEXT_LINE, "line 2 \"golang.org/x/text");
    body("out-of-order", "rsc.io/quote v1.5.2 -\n" + TEXT_LINE, "is not above the one before");
    body("empty-line", TEXT_LINE + "\n", "line 2 is none: has 1 fields");
    body("no-last-line-feed", TEXT_LINE + "rsc.io/quote v1.5.2 -", "line 2 does not end");
    body("line-too-long", "a".repeat(2000) + "\n", "line 1 is longer than 1024 bytes");
    body("not-utf-8", "rsc.io/\u00e4 v1.5.2 -\n", "its lines are not UTF-8");
    String counted = HEADER.replace("lines 3", "lines 2");
    add("lines-miscounted", signed(counted, KEY) + BODY, Refusal.MALFORMED, "it has 3 lines");
  }

  /// Signed as it is.
  private void body(String name, String body, String says) {
    byte[] bytes = body.getBytes(ISO_8859_1);
    int lines = body.endsWith("\n") ? body.split("\n", -1).length - 1 : body.split("\n").length;
    var header =
        new WantListHeader(
            TestAgent.NAME,
            1,
            TestAgent.NOW,
            "payments",
            TestAgent.COMMIT,
            lines,
            WantList.sha256(bytes));
    add(name, signed(header.text(), KEY) + body, Refusal.MALFORMED, says);
  }

  private static String signed(String header, SigningKey key) {
    return header.contains("\r")
        ? SignedNote.unsigned(header.replace("\r", ""))
                .signedBy(key)
                .toString()
                .replaceFirst("\n", "\r\n")
            + "\n"
        : SignedNote.unsigned(header).signedBy(key) + "\n";
  }

  /// The em dash of signatures in UTF-8, what is no ASCII in lines as one byte.
  private void add(String name, String content, Refusal refusal, String says) {
    String dash = new String("\u2014".getBytes(UTF_8), ISO_8859_1);
    faults.add(new Fault(name, content.replace("\u2014", dash), refusal, says));
  }
}
