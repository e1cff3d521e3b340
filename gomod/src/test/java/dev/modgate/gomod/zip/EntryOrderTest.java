package dev.modgate.gomod.zip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EntryOrderTest {

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "2, 1", "2, 9", "3, 9", "1000, 3", "1000, 1000000", "4097, 50"})
  void sortsAsTheJdkDoesAndKeepsEqualOnesInTheirOrder(int count, int values) {
    int[] keys = new Random(count).ints(count, 0, values).toArray();

    int[] order = EntryOrder.of(count, (a, b) -> Integer.compare(keys[a], keys[b]));

    assertThat(order)
        .containsExactly(
            IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.comparingInt(i -> keys[i]))
                .mapToInt(i -> i)
                .toArray());
  }
}
