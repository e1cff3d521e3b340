package dev.modgate.check;

import java.util.Comparator;
import java.util.List;

/// What a check came to.
///
/// @param checked how many module versions were asked for
/// @param findings what is not as it must be, by module
/// @param notes what else a person should know
public record CheckReport(int checked, List<Finding> findings, List<String> notes) {
  public CheckReport {
    findings = findings.stream().sorted(Comparator.comparing(Finding::module)).toList();
    notes = List.copyOf(notes);
  }

  /// Whether all that is needed is inside.
  public boolean allInside() {
    return findings.isEmpty();
  }
}
