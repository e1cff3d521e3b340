package dev.modgate.gomod.zip;

import java.util.Arrays;
import java.util.function.IntBinaryOperator;

/// Sorts the numbers of entries without an object for each. Stable; one comparison an entry where
/// they are in order already, as in most zips.
final class EntryOrder {
  private final int[] numbers;
  private final int[] left;
  private final IntBinaryOperator comparison;

  private EntryOrder(int[] numbers, IntBinaryOperator comparison) {
    this.numbers = numbers;
    this.left = new int[(numbers.length + 1) / 2];
    this.comparison = comparison;
  }

  /// The numbers from 0 on.
  static int[] of(int count, IntBinaryOperator comparison) {
    int[] numbers = new int[count];
    Arrays.setAll(numbers, i -> i);
    sort(numbers, comparison);
    return numbers;
  }

  static void sort(int[] numbers, IntBinaryOperator comparison) {
    new EntryOrder(numbers, comparison).sort(0, numbers.length);
  }

  private void sort(int from, int to) {
    if (to - from < 2) {
      return;
    }
    int middle = (from + to) >>> 1;
    sort(from, middle);
    sort(middle, to);
    if (comparison.applyAsInt(numbers[middle - 1], numbers[middle]) > 0) {
      merge(from, middle, to);
    }
  }

  private void merge(int from, int middle, int to) {
    int lefts = middle - from;
    System.arraycopy(numbers, from, left, 0, lefts);
    int l = 0;
    int r = middle;
    int out = from;
    while (l < lefts) {
      boolean takeRight = r < to && comparison.applyAsInt(left[l], numbers[r]) > 0;
      numbers[out++] = takeRight ? numbers[r++] : left[l++];
    }
  }
}
