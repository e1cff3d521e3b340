package dev.modgate.gomod.gosum;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.gomod.semver.Version;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads one go.sum; used once.
final class GoSumParser {
  /// About 250,000 lines; the largest public go.sum known has under 10,000.
  static final long MAX_BYTES = 32L << 20;

  /// A module path and a version are at most 255 bytes each, a hash is 47.
  static final int MAX_LINE_BYTES = 1024;

  /// Enough to mend a file in one go; a file of 100,000 broken lines does not become a report.
  static final int MAX_PROBLEMS = 20;

  private static final int BUFFER_BYTES = 64 << 10;
  private static final String GO_MOD_SUFFIX = "/go.mod";
  private static final String EMPTY_GO_MOD_HASH = "h1:G7mAYYxgmS0lVkHyy2hEOLQCFB0DlQFTMLWggykrydY=";

  private final String fileName;
  private final int mostModules;
  private final List<GoSumLine> lines = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final Map<ModuleVersion, FirstLines> firstLines = new HashMap<>();
  private final byte[] line = new byte[MAX_LINE_BYTES];
  private int lineLength;
  private int lineNumber = 1;
  private @Nullable ModuleVersion lastModule;

  private static final class FirstLines {
    private @Nullable GoSumLine zip;
    private @Nullable GoSumLine goMod;
  }

  GoSumParser(String fileName, int mostModules) {
    this.fileName = fileName;
    this.mostModules = mostModules;
  }

  GoSum parse(InputStream in) throws IOException, GoSumException {
    var buffer = new byte[BUFFER_BYTES];
    long total = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      total += n;
      if (total > MAX_BYTES) {
        throw stopped(
            "file is longer than " + MAX_BYTES + " bytes, the most a go.sum may have here");
      }
      split(buffer, n);
    }
    if (lineLength > 0) {
      endLine();
    }
    if (!problems.isEmpty()) {
      throw new GoSumException(problems);
    }
    return new GoSum(lines);
  }

  private void split(byte[] buffer, int length) throws GoSumException {
    int from = 0;
    for (int i = 0; i < length; i++) {
      if (buffer[i] == '\n') {
        append(buffer, from, i);
        endLine();
        lineNumber++;
        from = i + 1;
      }
    }
    append(buffer, from, length);
  }

  private void append(byte[] buffer, int from, int to) throws GoSumException {
    if (lineLength + (to - from) > MAX_LINE_BYTES) {
      throw stopped("line is longer than " + MAX_LINE_BYTES + " bytes");
    }
    System.arraycopy(buffer, from, line, lineLength, to - from);
    lineLength += to - from;
  }

  private void endLine() throws GoSumException {
    try {
      String text = decode();
      if (!text.isEmpty()) {
        add(text.split("[ \\t\\r]+"));
      }
    } catch (IllegalArgumentException e) {
      problem(String.valueOf(e.getMessage()));
    }
    lineLength = 0;
  }

  private String decode() {
    for (int i = 0; i < lineLength; i++) {
      if (line[i] == 0) {
        throw new IllegalArgumentException("line has a NUL at column " + (i + 1));
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(line, 0, lineLength))
          .toString()
          .strip();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("line is not UTF-8", e);
    }
  }

  private void add(String[] fields) throws GoSumException {
    if (fields.length != 3) {
      throw new IllegalArgumentException(
          "line has "
              + fields.length
              + (fields.length == 1 ? " field" : " fields")
              + ", want 3: module, version, hash");
    }
    if (fields[2].equals(EMPTY_GO_MOD_HASH)) {
      return;
    }
    boolean goMod = fields[1].endsWith(GO_MOD_SUFFIX);
    String version =
        goMod ? fields[1].substring(0, fields[1].length() - GO_MOD_SUFFIX.length()) : fields[1];
    var added = new GoSumLine(lineNumber, module(fields[0], version), goMod, hash(fields[2]));
    GoSumLine first = first(added);
    if (!first.hash().equals(added.hash())) {
      throw new IllegalArgumentException(
          added.module()
              + (goMod ? GO_MOD_SUFFIX : "")
              + " has hash "
              + added.hash()
              + " but line "
              + first.number()
              + " says "
              + first.hash());
    }
    lines.add(added);
  }

  /// The first line about the same file, which may be this one.
  private GoSumLine first(GoSumLine added) throws GoSumException {
    FirstLines of = firstLines.computeIfAbsent(added.module(), _ -> new FirstLines());
    if (firstLines.size() > mostModules) {
      throw stopped(
          "file names more than " + mostModules + " module versions, the most that are taken");
    }
    GoSumLine first = added.goMod() ? of.goMod : of.zip;
    if (first != null) {
      return first;
    }
    if (added.goMod()) {
      of.goMod = added;
    } else {
      of.zip = added;
    }
    return added;
  }

  /// The two lines of one module version follow each other, so most values are shared.
  private ModuleVersion module(String path, String version) {
    ModuleVersion last = lastModule;
    if (last != null
        && last.path().value().equals(path)
        && last.version().toString().equals(version)) {
      return last;
    }
    ModulePath modulePath =
        last != null && last.path().value().equals(path) ? last.path() : new ModulePath(path);
    var module = new ModuleVersion(modulePath, Version.parse(version));
    lastModule = module;
    return module;
  }

  private static H1 hash(String text) {
    int colon = text.indexOf(':');
    if (colon > 0 && !text.startsWith("h1:")) {
      throw new IllegalArgumentException(
          "hash "
              + Quoted.of(text)
              + " is of kind "
              + Quoted.of(text.substring(0, colon))
              + ", only h1 is known");
    }
    return new H1(text);
  }

  private void problem(String sentence) throws GoSumException {
    problems.add(fileName + ":" + lineNumber + ": " + sentence);
    if (problems.size() == MAX_PROBLEMS) {
      throw new GoSumException(problems);
    }
  }

  private GoSumException stopped(String sentence) throws GoSumException {
    problem(sentence);
    return new GoSumException(problems);
  }
}
