package dev.modgate.audit;

import java.util.List;

/// What was found of one module version.
///
/// @param module `path@version`
public record AuditReport(String module, List<Step> steps) {
  public AuditReport {
    steps = List.copyOf(steps);
  }

  /// Whether nothing is wrong.
  public boolean verified() {
    return count(Step.Result.WRONG) == 0;
  }

  public long count(Step.Result result) {
    return steps.stream().filter(step -> step.result() == result).count();
  }
}
