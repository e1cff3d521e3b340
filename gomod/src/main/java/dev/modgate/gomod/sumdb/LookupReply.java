package dev.modgate.gomod.sumdb;

import dev.modgate.gomod.quote.Quoted;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// What a lookup answers, not yet believed: a record, its number, and a signed tree head.
///
/// @param id number of the record in the log
/// @param record go.sum lines; each ends in a line feed
/// @param note a signed tree head
public record LookupReply(long id, String record, String note) {
  /// A record takes about 200 bytes, a note as much; this leaves room for many signatures.
  public static final int MAX_BYTES = 64 << 10;

  /// @throws SumDbException when the bytes are not of this form
  public static LookupReply parse(byte[] reply) throws SumDbException {
    String text = decode(reply);
    int idEnd = text.indexOf('\n');
    int recordEnd = text.indexOf("\n\n", idEnd + 1);
    if (!text.substring(0, Math.max(idEnd, 0)).matches("0|[1-9][0-9]{0,17}")) {
      throw malformed("begins with " + firstLine(text) + ", want the number of a record");
    }
    if (recordEnd < 0) {
      throw malformed("has no record that ends in an empty line");
    }
    String record = text.substring(idEnd + 1, recordEnd + 1);
    if (record.startsWith("\n")) {
      throw malformed("has an empty record");
    }
    if (record.chars().anyMatch(c -> c < 0x20 && c != '\n')) {
      throw malformed("has a control character in its record");
    }
    return new LookupReply(
        Long.parseLong(text.substring(0, idEnd)), record, text.substring(recordEnd + 2));
  }

  private static String decode(byte[] reply) throws SumDbException {
    if (reply.length == 0) {
      throw malformed("is empty");
    }
    if (reply.length > MAX_BYTES) {
      throw malformed("is longer than " + MAX_BYTES + " bytes");
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(reply)).toString();
    } catch (CharacterCodingException e) {
      throw malformed("is not UTF-8");
    }
    if (text.stripLeading().startsWith("<")) {
      throw malformed("is a web page, want a record");
    }
    return text;
  }

  private static String firstLine(String text) {
    return Quoted.of(text.lines().findFirst().orElse(""));
  }

  private static SumDbException malformed(String why) {
    return SumDbException.malformed("lookup " + why);
  }

  LookupReply with(String otherNote) {
    return new LookupReply(id, record, otherNote);
  }

  /// The bytes of the record, which are what the log has hashed.
  byte[] recordBytes() {
    return record.getBytes(StandardCharsets.UTF_8);
  }

  /// As it is served.
  public String text() {
    return id + "\n" + record + "\n" + note;
  }
}
