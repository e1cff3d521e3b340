package dev.modgate.pipeline.event;

/// The stages that work on requests.
public enum StageName {
  FETCH,
  VERIFY,
  PUBLISH
}
