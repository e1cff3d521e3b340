package dev.modgate.watcher.notify.channel;

import java.util.Locale;

/// Of what a message says in Modgate's own words. What others wrote stays as it is.
public enum Language {
  EN,
  ZH;

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
