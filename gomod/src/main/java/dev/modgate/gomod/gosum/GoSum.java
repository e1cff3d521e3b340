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
    return new GoSumParser(fileName).parse(in);
  }
}
