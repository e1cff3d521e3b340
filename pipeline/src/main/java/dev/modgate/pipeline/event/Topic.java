package dev.modgate.pipeline.event;

/// The topics of the pipeline. The name on the broker is prefix + name, `modgate.` by default.
public enum Topic {
  MODULE_REQUESTED("module-requested", ModuleRequested.class),
  MODULE_FETCHED("module-fetched", ModuleFetched.class),
  MODULE_VERIFIED("module-verified", ModuleVerified.class),
  MODULE_PUBLISHED("module-published", ModulePublished.class),
  MODULE_REJECTED("module-rejected", ModuleRejected.class),
  MODULE_DEFERRED("module-deferred", ModuleDeferred.class);

  public static final String DEFAULT_PREFIX = "modgate.";

  private final String baseName;
  private final Class<? extends ModuleEvent> eventType;

  Topic(String baseName, Class<? extends ModuleEvent> eventType) {
    this.baseName = baseName;
    this.eventType = eventType;
  }

  public static Topic of(ModuleEvent event) {
    return switch (event) {
      case ModuleRequested e -> MODULE_REQUESTED;
      case ModuleFetched e -> MODULE_FETCHED;
      case ModuleVerified e -> MODULE_VERIFIED;
      case ModulePublished e -> MODULE_PUBLISHED;
      case ModuleRejected e -> MODULE_REJECTED;
      case ModuleDeferred e -> MODULE_DEFERRED;
    };
  }

  /// The name on the broker.
  public String name(String prefix) {
    return prefix + baseName;
  }

  /// Where records go that could not be read, or broke the code.
  public String deadLetterName(String prefix) {
    return name(prefix) + ".dlt";
  }

  public Class<? extends ModuleEvent> eventType() {
    return eventType;
  }
}
