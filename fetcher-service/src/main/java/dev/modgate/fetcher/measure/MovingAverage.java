package dev.modgate.fetcher.measure;

import java.util.OptionalDouble;

/// Exponentially weighted. Not for use by several threads.
final class MovingAverage {
  static final double WEIGHT = 0.2;

  private double value = Double.NaN;

  void add(double next) {
    value = Double.isNaN(value) ? next : value + WEIGHT * (next - value);
  }

  /// Empty before the first value.
  OptionalDouble value() {
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
