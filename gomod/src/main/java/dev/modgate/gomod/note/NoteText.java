package dev.modgate.gomod.note;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Which characters a note may have.
final class NoteText {
  private NoteText() {}

  static String decode(byte[] message) throws NoteException {
    if (message.length > SignedNote.MAX_BYTES) {
      throw tooLong();
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(message)).toString();
    } catch (CharacterCodingException e) {
      throw malformed("is not UTF-8");
    }
  }

  /// @throws NoteException when there can't be a note of this text
  static void check(String message) throws NoteException {
    if (message.length() > SignedNote.MAX_BYTES) {
      throw tooLong();
    }
    String fault = fault(message);
    if (fault != null) {
      throw malformed(fault);
    }
  }

  /// What is wrong with a text, as the end of a sentence; or null.
  static @Nullable String fault(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 && c != '\n') {
        return "has the control character " + (int) c;
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return "has half a surrogate pair";
      }
    }
    return null;
  }

  static NoteException malformed(String why) {
    return new NoteException(NoteException.Kind.MALFORMED, "note " + why);
  }

  private static NoteException tooLong() {
    return malformed("is longer than " + SignedNote.MAX_BYTES + " bytes");
  }
}
