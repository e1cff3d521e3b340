package dev.modgate.watcher.wantlist;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.modgate.gomod.note.NoteException;
import dev.modgate.gomod.note.SignedNote;
import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.gomod.quote.Quoted;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;

/// Reads one want list. Of one that no pinned key has signed it reads the header alone.
public final class WantListReader {
  private static final int MOST_HEADER_BYTES = 4096;
  private static final int MOST_PROBLEMS = 20;

  private final InputStream in;
  private final WantListHeader header;
  private final String signedSha256;

  private WantListReader(InputStream in, WantListHeader header, String signedSha256) {
    this.in = in;
    this.header = header;
    this.signedSha256 = signedSha256;
  }

  /// Reads to the second empty line.
  ///
  /// @throws IOException when the stream fails
  /// @throws RefusedException when this is no header that the agent's key has signed
  public static WantListReader open(InputStream in, AgentKeys pinned)
      throws IOException, RefusedException {
    byte[] note = note(in);
    WantListHeader claimed = claimed(note);
    List<VerifierKey> keys = pinned.of(claimed.agent());
    if (keys.isEmpty()) {
      throw new RefusedException(
          Refusal.UNKNOWN_KEY, "no agent called " + claimed.agent() + " is known");
    }
    try {
      SignedNote signed = SignedNote.open(note, keys);
      if (signed.verified().size() != 1 || !signed.unverified().isEmpty()) {
        throw malformed("its header has other signatures besides, want one");
      }
    } catch (NoteException e) {
      throw new RefusedException(OpenedNote.refusal(e.kind()), "its header: " + e.sentence());
    }
    return new WantListReader(in, claimed, WantList.sha256(note));
  }

  /// The bytes before the second empty line, and that line taken off the stream.
  private static byte[] note(InputStream in) throws IOException, RefusedException {
    var note = new ByteArrayOutputStream(512);
    int empty = 0;
    int before = 0;
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n' && before == '\n' && ++empty == 2) {
        return note.toByteArray();
      }
      note.write(b);
      before = b;
      if (note.size() > MOST_HEADER_BYTES) {
        throw malformed(
            "its header and signature do not end within " + MOST_HEADER_BYTES + " bytes");
      }
    }
    throw new RefusedException(
        Refusal.CUT_SHORT, "it ends after " + note.size() + " bytes, before its header does");
  }

  /// What the header says, believed or not.
  private static WantListHeader claimed(byte[] note) throws RefusedException {
    String text = decode(note, "its header");
    try {
      return WantListHeader.parse(text.substring(0, text.indexOf("\n\n") + 1));
    } catch (IllegalArgumentException e) {
      throw malformed("its header: " + e.getMessage());
    }
  }

  /// Signed.
  public WantListHeader header() {
    return header;
  }

  /// Of header and signature, in hex: two lists that have it in common are the same, because the
  /// header names the hash of the lines.
  public String signedSha256() {
    return signedSha256;
  }

  /// Reads to the end.
  public WantList lines() throws IOException, RefusedException {
    return lines(in);
  }

  /// Reads the lines to their end from where they were put aside.
  ///
  /// @throws IOException when the stream fails
  /// @throws RefusedException when the lines are not those that were signed, or no lines of a list;
  ///   with a sentence for each fault, up to 20
  public WantList lines(InputStream aside) throws IOException, RefusedException {
    byte[] body = aside.readNBytes(WantList.MOST_BYTES + 1);
    if (body.length > WantList.MOST_BYTES) {
      throw new RefusedException(
          Refusal.TOO_LARGE, "it is larger than " + WantList.MOST_BYTES + " bytes");
    }
    checkSigned(body);
    return new WantList(header, parse(decode(body, "its lines")));
  }

  private void checkSigned(byte[] body) throws RefusedException {
    String found = WantList.sha256(body);
    if (found.equals(header.sha256())) {
      return;
    }
    int lines = 0;
    for (byte b : body) {
      lines += b == '\n' ? 1 : 0;
    }
    if (lines < header.lines()) {
      throw new RefusedException(
          Refusal.CUT_SHORT,
          "it ends after " + lines + " lines, its header says " + header.lines());
    }
    throw new RefusedException(
        Refusal.OTHER_LINES,
        "its lines have SHA-256 " + found + ", but " + header.sha256() + " is signed");
  }

  private List<WantLine> parse(String text) throws RefusedException {
    var lines = new ArrayList<WantLine>();
    var problems = new ArrayList<String>();
    int number = 0;
    for (int from = 0; from < text.length() && problems.size() < MOST_PROBLEMS; ) {
      number++;
      int end = text.indexOf('\n', from);
      try {
        if (end < 0) {
          throw new IllegalArgumentException("does not end in a line feed");
        }
        lines.add(parse(text.substring(from, end), lines));
      } catch (IllegalArgumentException e) {
        problems.add("line " + number + " " + e.getMessage());
      }
      from = end < 0 ? text.length() : end + 1;
    }
    if (problems.isEmpty() && lines.size() != header.lines()) {
      problems.add("it has " + lines.size() + " lines, its header says " + header.lines());
    }
    if (!problems.isEmpty()) {
      throw malformed(String.join("\n", problems));
    }
    return lines;
  }

  private static WantLine parse(String text, List<WantLine> before) {
    if (text.length() > WantLine.MOST_BYTES) {
      throw new IllegalArgumentException("is longer than " + WantLine.MOST_BYTES + " bytes");
    }
    WantLine line;
    try {
      line = WantLine.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("is none: " + e.getMessage(), e);
    }
    if (!line.toString().equals(text)) {
      throw new IllegalArgumentException(
          "is " + Quoted.of(text) + ", which has another spelling: " + Quoted.of(line.toString()));
    }
    if (!before.isEmpty() && before.getLast().compareTo(line) >= 0) {
      throw new IllegalArgumentException(
          Quoted.of(text)
              + " is not above the one before, "
              + Quoted.of(before.getLast().toString()));
    }
    return line;
  }

  private static String decode(byte[] bytes, String what) throws RefusedException {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw malformed(what + (what.endsWith("s") ? " are" : " is") + " not UTF-8");
    }
  }

  private static RefusedException malformed(String sentence) {
    return new RefusedException(Refusal.MALFORMED, sentence);
  }
}
