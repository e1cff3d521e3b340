package dev.modgate.watcher.catalog;

/// A sentence as a text column takes it.
public final class StoredSentence {
  private static final int MOST_CHARACTERS = 4_000;

  private StoredSentence() {}

  /// Cut to the column's length, and without U+0000, which PostgreSQL refuses: an answer that can't
  /// be written would come again for ever.
  public static String of(String sentence) {
    String text = sentence.replace('\0', '\ufffd');
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS);
  }
}
