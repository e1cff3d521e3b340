package dev.modgate.gomod.modfile;

import dev.modgate.gomod.quote.Quoted;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// Turns lines into statements, one at a time: unfolds blocks and gives each statement its
/// comments. A statement that nobody wants leaves nothing behind.
final class StatementReader {
  private final Lexer lexer;
  private final BiPredicate<String, Boolean> wanted;
  private Comments above = new Comments();
  private @Nullable String blockVerb;
  private String blockComment = "";
  private int blockLine;

  /// @param wanted told the verb, and whether it stands in a block
  StatementReader(byte[] text, BiPredicate<String, Boolean> wanted) {
    this.lexer = new Lexer(text);
    this.wanted = wanted;
  }

  /// Of the line that was read last, from 1.
  int line() {
    return lexer.number();
  }

  /// @return null at the end of the file
  /// @throws SyntaxError where a line is no go.mod syntax; the lines after it mean nothing
  /// @throws IllegalArgumentException where a wanted statement has a word that is too long; the
  ///   next call goes on behind it
  @Nullable Statement next() throws SyntaxError {
    while (lexer.next()) {
      Statement statement = take();
      if (statement != null) {
        return statement;
      }
    }
    if (blockVerb != null) {
      throw new SyntaxError(blockLine, "block " + Quoted.of(blockVerb) + " is not closed by \")\"");
    }
    return null;
  }

  private @Nullable Statement take() throws SyntaxError {
    if (lexer.tokens() == 0) {
      takeWithoutTokens();
      return null;
    }
    if (blockVerb != null) {
      if (lexer.closesBlock()) {
        closeBlock();
        return null;
      }
      return statement(blockVerb, 0);
    }
    if (lexer.opensBlock()) {
      openBlock();
      return null;
    }
    return lexer.isEmptyBlock() ? null : statement(lexer.verb(), 1);
  }

  private void takeWithoutTokens() {
    if (lexer.hasComment()) {
      above.add(lexer);
    } else if (blockVerb == null) {
      above.clear(); // outside a block an empty line parts a comment from what follows
    }
  }

  private void openBlock() {
    // a second word makes a verb that nobody knows
    blockVerb = lexer.verb() + (lexer.tokens() > 2 ? " ..." : "");
    blockLine = lexer.number();
    blockComment = above.take();
  }

  private void closeBlock() throws SyntaxError {
    if (lexer.tokens() > 1) {
      throw new SyntaxError(lexer.number(), "nothing may follow \")\" on its line");
    }
    blockVerb = null;
    blockComment = "";
    above.clear();
  }

  private @Nullable Statement statement(String verb, int firstArgument) {
    boolean inBlock = blockVerb != null;
    if (!wanted.test(verb, inBlock)) {
      above.clear();
      return null;
    }
    String suffix = lexer.hasComment() ? lexer.comment(Comments.MAX_BYTES) : "";
    if (lexer.hasComment()) {
      above.add(lexer);
    }
    String comment = above.isEmpty() ? blockComment : above.take();
    List<String> arguments = lexer.tokensFrom(firstArgument);
    return new Statement(lexer.number(), verb, arguments, comment, suffix, inBlock);
  }
}
