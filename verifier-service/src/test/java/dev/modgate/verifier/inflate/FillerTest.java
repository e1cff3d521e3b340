package dev.modgate.verifier.inflate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FillerTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void hasNoContentsAndLeavesTheOtherBits(int bit) {
    Filler filler = Filler.endingAt(bit);
    byte[] stream = new byte[filler.length() + 3];
    int lastBlock = 0b011 << bit; // fixed codes; 7 zeros end it
    stream[filler.length()] = (byte) lastBlock;
    stream[filler.length() + 1] = (byte) (lastBlock >> Byte.SIZE);

    filler.putBefore(stream, filler.length());

    int bytes = filler.length() + (bit + 10 + 7) / Byte.SIZE;
    assertThat(Streams.inflate(Arrays.copyOf(stream, bytes), 10)).isEmpty();
  }
}
