package dev.modgate.watcher.git.wire;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.watcher.run.CommitReader.RefusedException;
import dev.modgate.watcher.run.Tip;
import dev.modgate.watcher.source.GitUrl;
import dev.modgate.watcher.source.Source;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.internal.JGitText;
import org.jspecify.annotations.Nullable;

/// Sentences about what went wrong with a repository.
///
/// @param status of the newest HTTP answer, 0 for none
/// @param refusedKey why a host key was refused, if one was
record Trouble(
    Source source, GitUrl url, GitSettings settings, int status, Optional<String> refusedKey) {
  /// What Git, and JGit as a server, say to a client that wants an object by its id.
  private static final Pattern NOT_GIVEN =
      Pattern.compile("not our ref|unadvertised object|want [0-9a-f]+ not valid");

  String gone(Tip tip) {
    return name() + " has no " + Quoted.of(tip.ref());
  }

  /// @throws RefusedException for what a later try does not help
  IOException ofReading(Exception e) throws RefusedException {
    OverLimitException over = cause(e, OverLimitException.class);
    if (over != null) {
      throw new RefusedException(name() + ": " + over.getMessage());
    }
    if (cause(e, TooLargeObjectInPackException.class) != null) {
      throw new RefusedException(
          name()
              + ": an object of the commit is larger than "
              + settings.largestObject().toBytes()
              + " bytes, git.largest-object"
              + " (with uploadpack.allowFilter on at the host, only go.mod and the like count)");
    }
    return of(e);
  }

  /// Without its cause: what JGit says may repeat what a host sent, without bound.
  IOException of(Exception e) {
    String sentence = name() + " " + what(e);
    return isOfTheHost(e) ? new UnreachableException(sentence) : new IOException(sentence);
  }

  private boolean isOfTheHost(Exception e) {
    boolean silent = status == 0 || status == 200;
    return status >= 500
        || status == 429
        || (silent
            && refusedKey.isEmpty()
            && cause(e, OverLimitException.class) == null
            && cause(e, HttpToHost.ElsewhereException.class) == null
            && isOfTheNetwork(e));
  }

  private static boolean isOfTheNetwork(Exception e) {
    return cause(e, SocketException.class) != null
        || cause(e, InterruptedIOException.class) != null
        || cause(e, UnknownHostException.class) != null
        || says(e, JGitText.get().unknownHost);
  }

  private String what(Exception e) {
    HttpToHost.ElsewhereException elsewhere = cause(e, HttpToHost.ElsewhereException.class);
    OverLimitException over = cause(e, OverLimitException.class);
    if (over != null) {
      return "can't be read: " + over.getMessage();
    }
    if (elsewhere != null) {
      return String.valueOf(elsewhere.getMessage());
    }
    if (refusedKey.isPresent()) {
      return "is not trusted: " + refusedKey.get();
    }
    return status == 0 || status == 200 ? deepest(e) : ofStatus();
  }

  private String ofStatus() {
    return switch (status) {
      case 401, 403 ->
          source.access().git().isPresent()
              ? "answers " + status + ": the host refuses the credentials of " + credentials()
              : "answers " + status + ": the host wants credentials, and the source has none";
      case 404 ->
          "answers 404: no such repository, or not for "
              + (source.access().git().isPresent()
                  ? "the credentials of " + credentials()
                  : "a source without credentials");
      default -> "answers " + status;
    };
  }

  private String credentials() {
    return Quoted.of(source.access().git().map(Object::toString).orElse(""));
  }

  private static String deepest(Throwable e) {
    Throwable deepest = e;
    for (int i = 0; i < 20 && deepest.getCause() != null; i++) {
      deepest = deepest.getCause();
    }
    String message = deepest.getMessage();
    return "can't be read: "
        + deepest.getClass().getSimpleName()
        + (message == null ? "" : " " + Quoted.of(message));
  }

  private String name() {
    return "repository " + Quoted.of(url.toString());
  }

  static boolean isNotGivenById(Throwable e) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      String message = at.getMessage();
      if (message != null && NOT_GIVEN.matcher(message.toLowerCase(Locale.ROOT)).find()) {
        return true;
      }
    }
    return false;
  }

  /// Before version 2 of the protocol, JGit passes over a refusal of what is fetched at a depth,
  /// and sees the end of the answer alone.
  static boolean isHungUp(Throwable e) {
    return cause(e, EOFException.class) != null;
  }

  /// Whether one of the causes says so.
  static boolean says(Throwable e, String text) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at.getMessage() != null && at.getMessage().contains(text)) {
        return true;
      }
    }
    return false;
  }

  private static <E extends Throwable> @Nullable E cause(Throwable e, Class<E> type) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (type.isInstance(at)) {
        return type.cast(at);
      }
    }
    return null;
  }
}
