package dev.modgate.watcher.letter;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.pipeline.store.Sha256;
import dev.modgate.watcher.api.BadRequestException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// What causes have in common that differ in their items alone.
///
/// @param key short, to be typed: 12 hexadecimal digits
/// @param text the cause with `_` in place of quoted text, module versions and numbers
record CauseForm(String key, String text) {
  private static final int KEY = 12;
  private static final int MOST = 300;

  /// Also a quotation whose end was cut off.
  private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\\\]++|\\\\.)*+(?:\"|\\\\?$)");

  private static final Pattern MODULE = Pattern.compile("[^\\s\"(]+@v[0-9][^\\s\":,;)]*");
  private static final Pattern NUMBER =
      Pattern.compile("\\b(?=[0-9a-fA-F]*[0-9])[0-9a-fA-F]{8,}\\b|[0-9]+");

  /// @throws BadRequestException where no cause has such a key
  static void checkKey(String key) {
    if (!key.matches("[0-9a-f]{" + KEY + "}")) {
      throw BadRequestException.unprocessable(
          "cause is " + Quoted.of(key) + ", want the key of one: " + KEY + " of 0-9 and a-f");
    }
  }

  /// @param stage its code broke: the same words of another one are another cause
  static CauseForm of(String stage, String cause) {
    String first = cause.lines().findFirst().orElse("");
    String text = QUOTED.matcher(first).replaceAll("\"_\"");
    text = MODULE.matcher(text).replaceAll("_");
    text = NUMBER.matcher(text).replaceAll("_");
    if (text.length() > MOST) {
      text = text.substring(0, MOST - 1) + "…";
    }
    byte[] named = (stage + "\n" + text).getBytes(StandardCharsets.UTF_8);
    return new CauseForm(Sha256.of(named).hex().substring(0, KEY), text);
  }
}
