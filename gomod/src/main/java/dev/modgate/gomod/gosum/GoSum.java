package dev.modgate.gomod.gosum;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// A go.sum, line by line.
///
/// @param lines in the order of the file
public record GoSum(List<GoSumLine> lines) {

  public GoSum {
    lines = List.copyOf(lines);
  }

  /// Reads a go.sum to its end, or to the first limit.
  ///
  /// Lines that are equal but for their number are all kept. Lines with the hash of an empty go.mod
  /// are left out, as `go` does: an old version of `go` wrote them by mistake.
  ///
  /// @param fileName what error sentences call the file
  /// @throws IOException when the stream fails
  /// @throws GoSumException naming each broken line
  public static GoSum parse(InputStream in, String fileName) throws IOException, GoSumException {
    return parse(in, fileName, Integer.MAX_VALUE);
  }

  /// Reads a go.sum as [#parse(InputStream, String)] does, and no further than to one module
  /// version too many.
  ///
  /// @param mostModules how many module versions it may name; most have two lines
  public static GoSum parse(InputStream in, String fileName, int mostModules)
      throws IOException, GoSumException {
    return new GoSumParser(fileName, mostModules).parse(in);
  }
}
