package dev.modgate.publisher;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/// What the log says of pauses from now on. Begins after a service has started, which sets up the
/// log.
final class PauseLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Logger logger =
      (Logger) LoggerFactory.getLogger("dev.modgate.pipeline.stage.PauseGate");

  static PauseLines listen() {
    var lines = new PauseLines();
    lines.start();
    lines.logger.setLevel(Level.INFO);
    lines.logger.addAppender(lines);
    return lines;
  }

  @Override
  protected void append(ILoggingEvent event) {
    lines.add(event.getFormattedMessage());
  }

  List<String> begun() {
    return lines.stream().filter(line -> line.contains(" pauses: ")).toList();
  }

  List<String> ended() {
    return lines.stream().filter(line -> line.contains(" goes on after a pause of ")).toList();
  }

  @Override
  public void close() {
    logger.detachAppender(this);
    logger.setLevel(null); // as its parent's
  }
}
