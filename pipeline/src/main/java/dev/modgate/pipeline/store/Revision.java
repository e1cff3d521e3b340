package dev.modgate.pipeline.store;

/// Names one content of one object for [ObjectStore#compareAndSwap]; opaque, equal only if the
/// content was not written since (S3: the ETag).
public record Revision(String value) {}
