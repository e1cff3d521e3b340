package dev.modgate.gomod.zip;

import dev.modgate.gomod.zip.ZipFault.Kind;
import java.util.ArrayList;
import java.util.List;

/// The faults found so far; bounded, because a zip can have a fault for every few bytes.
final class FaultList {
  static final int MAX_FAULTS = 100;

  private final List<ZipFault> faults = new ArrayList<>();
  private int left;

  void add(Kind kind, String sentence) {
    add(new ZipFault(kind, sentence));
  }

  void add(ZipFault fault) {
    if (faults.size() < MAX_FAULTS) {
      faults.add(fault);
    } else {
      left++;
    }
  }

  boolean isEmpty() {
    return faults.isEmpty();
  }

  boolean isFull() {
    return left > 0;
  }

  List<ZipFault> toList() {
    if (left == 0) {
      return List.copyOf(faults);
    }
    var all = new ArrayList<>(faults);
    all.add(
        new ZipFault(
            faults.getLast().kind(),
            "more than " + MAX_FAULTS + " faults; the rest is not listed"));
    return List.copyOf(all);
  }
}
