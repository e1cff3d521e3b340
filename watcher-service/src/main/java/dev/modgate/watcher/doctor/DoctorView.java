package dev.modgate.watcher.doctor;

import java.time.Instant;
import java.util.List;

/// All findings of one look.
///
/// @param state `ok`, or `problem` where one of them is
/// @param at by the watcher's clock
public record DoctorView(String state, Instant at, List<Finding> findings) {
  static DoctorView of(Instant at, List<Finding> findings) {
    boolean well = findings.stream().allMatch(Finding::isOk);
    return new DoctorView(well ? "ok" : "problem", at, findings);
  }
}
