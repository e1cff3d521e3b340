package dev.modgate.pipeline.stage;

/// The bound on what is in flight, by count and by bytes. For one thread.
final class Window {
  private final int maxItems;
  private final long maxBytes;
  private int items;
  private long bytes;

  Window(int maxItems, long maxBytes) {
    this.maxItems = maxItems;
    this.maxBytes = maxBytes;
  }

  /// Whether one more item fits. Into an empty window every item does, else one heavier than the
  /// whole window would wait for ever.
  boolean admits(long weight) {
    return items == 0 || (items < maxItems && weight <= maxBytes - bytes);
  }

  void enter(long weight) {
    items++;
    bytes += weight;
  }

  void leave(long weight) {
    items--;
    bytes -= weight;
  }

  int items() {
    return items;
  }

  long bytes() {
    return bytes;
  }
}
