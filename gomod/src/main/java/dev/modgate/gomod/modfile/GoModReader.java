package dev.modgate.gomod.modfile;

import dev.modgate.gomod.quote.Quoted;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads one go.mod or go.work; reports every wrong line, up to a limit.
final class GoModReader {
  private static final int MAX_PROBLEMS = 20;
  private static final Set<String> IN_DEPENDENCIES =
      Set.of("module", "go", "require", "retract", "ignore");
  private static final Set<String> IN_WORKSPACES =
      Set.of("go", "toolchain", "use", "replace", "godebug");
  private static final Set<String> NOT_IN_BLOCKS = Set.of("go", "toolchain");

  private final String fileName;
  private final GoMod.Mode mode;
  private final Directives directives;
  private final List<String> problems = new ArrayList<>();
  private int directivesRead;

  private GoModReader(String fileName, GoMod.Mode mode) {
    this.fileName = fileName;
    this.mode = mode;
    this.directives = new Directives(mode);
  }

  static Directives read(byte[] content, String fileName, GoMod.Mode mode) throws GoModException {
    if (content.length > mode.maxBytes()) {
      throw new GoModException(
          List.of(
              fileName
                  + ": file has "
                  + content.length
                  + " bytes, at most "
                  + mode.maxBytes()
                  + " are allowed"));
    }
    return new GoModReader(fileName, mode).read(content);
  }

  private Directives read(byte[] content) throws GoModException {
    if (mode.isStrict() && !isUtf8(content)) {
      throw new GoModException(List.of(fileName + ": file is not UTF-8"));
    }
    var statements = new StatementReader(content, this::isWanted);
    try {
      boolean more = true;
      while (more && problems.size() < MAX_PROBLEMS) {
        more = readOne(statements);
      }
    } catch (SyntaxError e) {
      problem(e.line(), e);
    }
    if (!problems.isEmpty()) {
      throw new GoModException(problems);
    }
    return directives;
  }

  private static boolean isUtf8(byte[] content) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private boolean isWanted(String verb, boolean inBlock) {
    return switch (mode) {
      case STRICT, WORK -> true;
      case LAX, PATH -> IN_DEPENDENCIES.contains(verb) && mayStand(verb, inBlock);
    };
  }

  private static boolean mayStand(String verb, boolean inBlock) {
    return !(inBlock && NOT_IN_BLOCKS.contains(verb));
  }

  /// @return false at the end of the file
  private boolean readOne(StatementReader statements) throws SyntaxError {
    try {
      Statement statement = statements.next();
      if (statement == null) {
        return false;
      }
      add(statement);
    } catch (IllegalArgumentException e) {
      problem(statements.line(), e);
    }
    return true;
  }

  private void add(Statement statement) throws SyntaxError {
    if (mode != GoMod.Mode.PATH && ++directivesRead > GoMod.MAX_DIRECTIVES) {
      throw new SyntaxError(
          statement.line(),
          "file has more than " + GoMod.MAX_DIRECTIVES + " directives, the most that are read");
    }
    boolean inWork = IN_WORKSPACES.contains(statement.verb());
    if (mode == GoMod.Mode.WORK ? !inWork : statement.verb().equals("use")) {
      throw new IllegalArgumentException("unknown directive " + Quoted.of(statement.verb()));
    }
    if (!mayStand(statement.verb(), statement.inBlock())) {
      throw new IllegalArgumentException(
          "directive " + Quoted.of(statement.verb()) + " cannot stand in a block");
    }
    directives.add(statement);
  }

  private void problem(int line, Exception e) {
    problems.add(fileName + ":" + line + ": " + e.getMessage());
  }
}
