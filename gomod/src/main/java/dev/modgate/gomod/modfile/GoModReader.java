package dev.modgate.gomod.modfile;

import dev.modgate.gomod.quote.Quoted;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads one go.mod; reports every wrong line, up to a limit.
final class GoModReader {
  private static final int MAX_PROBLEMS = 20;
  private static final Set<String> IN_DEPENDENCIES =
      Set.of("module", "go", "require", "retract", "ignore");
  private static final Set<String> NOT_IN_BLOCKS = Set.of("go", "toolchain");

  private final String fileName;
  private final GoMod.Mode mode;
  private final Directives directives;
  private final List<String> problems = new ArrayList<>();

  private GoModReader(String fileName, GoMod.Mode mode) {
    this.fileName = fileName;
    this.mode = mode;
    this.directives = new Directives(mode);
  }

  static GoMod read(byte[] content, String fileName, GoMod.Mode mode) throws GoModException {
    if (content.length > GoMod.MAX_BYTES) {
      throw new GoModException(
          List.of(
              fileName
                  + ": file has "
                  + content.length
                  + " bytes, at most "
                  + GoMod.MAX_BYTES
                  + " are allowed"));
    }
    return new GoModReader(fileName, mode).read(content);
  }

  private GoMod read(byte[] content) throws GoModException {
    try {
      for (Statement statement : new StatementReader().read(decode(content))) {
        add(statement);
        if (problems.size() == MAX_PROBLEMS) {
          break;
        }
      }
    } catch (SyntaxError e) {
      problem(e.line(), e);
    } catch (CharacterCodingException e) {
      problems.add(fileName + ": file is not UTF-8");
    }
    if (!problems.isEmpty()) {
      throw new GoModException(problems);
    }
    return directives.toGoMod();
  }

  private static String decode(byte[] content) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
  }

  private void add(Statement statement) {
    boolean known = !(statement.inBlock() && NOT_IN_BLOCKS.contains(statement.verb()));
    if (mode == GoMod.Mode.LAX && !(known && IN_DEPENDENCIES.contains(statement.verb()))) {
      return;
    }
    try {
      if (!known) {
        throw new IllegalArgumentException(
            "directive " + Quoted.of(statement.verb()) + " cannot stand in a block");
      }
      directives.add(statement);
    } catch (IllegalArgumentException e) {
      problem(statement.line(), e);
    }
  }

  private void problem(int line, Exception e) {
    problems.add(fileName + ":" + line + ": " + e.getMessage());
  }
}
