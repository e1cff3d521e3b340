package dev.modgate.gomod.sumdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookupReplyTest {
  @Test
  void partsNumberRecordAndNote() throws Exception {
    byte[] bytes = data("sum.golang.org/lookup/rsc.io/quote@v1.5.2");

    LookupReply reply = LookupReply.parse(bytes);

    assertThat(reply.id()).isEqualTo(942);
    assertThat(reply.record())
        .isEqualTo(
            """
            rsc.io/quote v1.5.2 h1:w5fcysjrx7yqtD/aO+QwRjYZOKnaM9Uh2b40tElTs3Y=
            rsc.io/quote v1.5.2/go.mod h1:LzX7hefJvL54yjefDEDHNONDjII0t9xZLPXsUe+TKr0=
            """);
    assertThat(reply.note()).startsWith("go.sum database tree\n51929436\n");
    assertThat(reply.text().getBytes(StandardCharsets.UTF_8)).isEqualTo(bytes);
  }

  @Test
  void endsTheRecordAtTheFirstEmptyLine() throws Exception {
    LookupReply reply = parse("123456789012\nhello, world\n\njunk\n\nmore");

    assertThat(reply.id()).isEqualTo(123_456_789_012L);
    assertThat(reply.record()).isEqualTo("hello, world\n");
    assertThat(reply.note()).isEqualTo("junk\n\nmore");
    assertThat(parse("1\nhello\n\n").note()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          control-character-in-record | lookup has a control character in its record
          cut-before-empty-line | lookup has no record that ends in an empty line
          cut-in-record | lookup has no record that ends in an empty line
          empty | lookup is empty
          not-utf-8 | lookup is not UTF-8
          number-alone | lookup begins with "942", want the number of a record
          number-hexadecimal | lookup begins with "0x942", want the number of a record
          number-is-word | lookup begins with "not-942", want the number of a record
          number-negative | lookup begins with "-942", want the number of a record
          number-too-long | lookup begins with "9999999999999999999", want the number of a record
          number-with-leading-zero | lookup begins with "0942", want the number of a record
          record-empty | lookup has an empty record
          web-page | lookup is a web page, want a record
          """)
  void saysWhatIsWrong(String fault, String sentence) throws Exception {
    byte[] bytes = data("bad/" + fault + ".txt");

    assertThatExceptionOfType(SumDbException.class)
        .isThrownBy(() -> LookupReply.parse(bytes))
        .withMessage(sentence)
        .satisfies(
            e -> assertThat(e.misbehaviour()).isEqualTo(new Misbehaviour.Malformed(sentence)));
  }

  @Test
  void readsAtMost64Kibibytes() {
    assertThatExceptionOfType(SumDbException.class)
        .isThrownBy(() -> parse("1\na\n\n" + "x".repeat(64 << 10)))
        .withMessage("lookup is longer than 65536 bytes");
  }

  private static LookupReply parse(String text) throws SumDbException {
    return LookupReply.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] data(String file) throws IOException {
    try (InputStream in = Objects.requireNonNull(LookupReplyTest.class.getResourceAsStream(file))) {
      return in.readAllBytes();
    }
  }
}
