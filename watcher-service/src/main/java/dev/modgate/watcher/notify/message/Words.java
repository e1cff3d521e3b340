package dev.modgate.watcher.notify.message;

import dev.modgate.watcher.happening.Happening;
import dev.modgate.watcher.notify.channel.Language;

/// What is said of events, in one language. Sentences of stages and names stay as they are.
sealed interface Words permits English, Chinese {

  static Words of(Language language) {
    return switch (language) {
      case EN -> new English();
      case ZH -> new Chinese();
    };
  }

  /// What happened, for a first line.
  String headline(Happening happening);

  /// How a sync ended, in one sentence.
  String summary(Happening.SyncEnded sync);

  /// What somebody should know of it, or do; empty where nothing.
  String advice(Happening happening);

  /// Behind what is refused: `refused with the reason bad-zip`.
  String reason(String code);

  /// Before a list of names.
  String wantedBy();

  String owner();

  /// Behind a list of names that goes on.
  String andOthers(int count);

  /// The last line of a message that does not name every event.
  String more(int count);

  /// The last line of a list of modules that goes on.
  String moreModules(long count);

  String details();

  String colon();

  String comma();

  /// A message about several events: how many of each.
  String title(Tally tally);

  /// How many events of each sort a message is about.
  record Tally(int security, int failed, int refused, int cancelled, int done) {}
}
