package dev.modgate.start.connect;

import dev.modgate.gomod.proxy.ProxyList.Credentials;
import java.util.Locale;
import java.util.Optional;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/// `machine HOST login USER password PASSWORD`, in any number of lines. Macros are passed over;
/// what stands behind `default` counts for no host, as for the `go` command.
final class Netrc {
  private Netrc() {}

  /// The first that has both.
  static Optional<Credentials> find(String text, String host) {
    var words = new StringTokenizer(withoutMacros(text));
    @Nullable String machine = null;
    @Nullable String login = null;
    @Nullable String password = null;
    while (words.hasMoreTokens()) {
      String word = words.nextToken();
      if (word.equals("default")) {
        return Optional.empty();
      }
      if (!words.hasMoreTokens()) {
        return Optional.empty();
      }
      switch (word) {
        case "machine" -> {
          machine = words.nextToken().toLowerCase(Locale.ROOT);
          login = null;
          password = null;
        }
        case "login" -> login = words.nextToken();
        case "password" -> password = words.nextToken();
        default -> words.nextToken(); // account, and what nobody knows
      }
      if (host.equals(machine) && login != null && password != null) {
        return Optional.of(new Credentials(login, password));
      }
    }
    return Optional.empty();
  }

  /// A macro lasts to the next empty line; a comment to the end of its own.
  private static String withoutMacros(String text) {
    var rest = new StringBuilder();
    boolean macro = false;
    for (String line : text.lines().toList()) {
      macro = (macro && !line.isBlank()) || line.strip().startsWith("macdef");
      if (!macro && !line.strip().startsWith("#")) {
        rest.append(line).append('\n');
      }
    }
    return rest.toString();
  }
}
