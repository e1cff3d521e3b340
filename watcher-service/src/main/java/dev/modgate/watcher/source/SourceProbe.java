package dev.modgate.watcher.source;

import java.util.List;

/// Tries a part of a source without changing anything; a feature that reaches out has one.
public interface SourceProbe {

  /// @param what is tried, such as `refs`
  /// @param sentence what was found, or what is wrong
  record Step(String what, boolean ok, String sentence) {}

  /// Takes at most a minute. No step holds a secret.
  ///
  /// @param repositories the first few of them
  List<Step> probe(Source source, List<Repository> repositories);
}
