package dev.modgate.gomod.modfile;

import dev.modgate.gomod.quote.Quoted;
import java.util.ArrayList;
import java.util.List;

/// Turns lines into statements: unfolds blocks and gives each statement its comments.
final class StatementReader {
  private final List<Statement> statements = new ArrayList<>();
  private final List<String> above = new ArrayList<>();
  private String blockVerb = "";
  private String blockComment = "";
  private int blockLine;

  /// @throws SyntaxError at the first line that is no go.mod syntax; the lines after it mean
  ///   nothing
  List<Statement> read(String text) throws SyntaxError {
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      add(Lexer.read(lines[i], i + 1));
    }
    if (!blockVerb.isEmpty()) {
      throw new SyntaxError(blockLine, "block " + Quoted.of(blockVerb) + " is not closed by \")\"");
    }
    return statements;
  }

  private void add(Lexer.Line line) throws SyntaxError {
    if (line.tokens().isEmpty()) {
      addWithoutTokens(line);
    } else if (!blockVerb.isEmpty()) {
      addInBlock(line);
    } else if (opensBlock(line.tokens())) {
      openBlock(line);
    } else if (!isEmptyBlock(line.tokens())) {
      List<String> tokens = line.tokens();
      emit(line, tokens.getFirst(), tokens.subList(1, tokens.size()), false);
    }
  }

  private void addWithoutTokens(Lexer.Line line) {
    if (line.comment() != null) {
      above.add(line.comment());
    } else if (blockVerb.isEmpty()) {
      above.clear(); // outside a block an empty line parts a comment from what follows
    }
  }

  private static boolean opensBlock(List<String> tokens) {
    return tokens.size() > 1 && tokens.getLast().equals("(");
  }

  private static boolean isEmptyBlock(List<String> tokens) {
    int n = tokens.size();
    return n > 2 && tokens.get(n - 2).equals("(") && tokens.get(n - 1).equals(")");
  }

  private void openBlock(Lexer.Line line) {
    blockVerb = String.join(" ", line.tokens().subList(0, line.tokens().size() - 1));
    blockLine = line.number();
    blockComment = String.join("\n", above);
    above.clear();
  }

  private void addInBlock(Lexer.Line line) throws SyntaxError {
    if (!line.tokens().getFirst().equals(")")) {
      emit(line, blockVerb, line.tokens(), true);
      return;
    }
    if (line.tokens().size() > 1) {
      throw new SyntaxError(line.number(), "nothing may follow \")\" on its line");
    }
    blockVerb = "";
    blockComment = "";
    above.clear();
  }

  private void emit(Lexer.Line line, String verb, List<String> arguments, boolean inBlock) {
    String suffix = line.comment() == null ? "" : line.comment();
    if (line.comment() != null) {
      above.add(suffix);
    }
    String comment = above.isEmpty() ? blockComment : String.join("\n", above);
    above.clear();
    statements.add(
        new Statement(line.number(), verb, List.copyOf(arguments), comment, suffix, inBlock));
  }
}
