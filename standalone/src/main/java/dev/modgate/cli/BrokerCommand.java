package dev.modgate.cli;

import dev.modgate.broker.LocalBroker;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "broker",
    description =
        "Runs only the Kafka broker inside, on loopback, for trying the five services apart.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: modgate broker --data /tmp/kafka --kafka-port 9092"})
final class BrokerCommand implements Callable<Integer> {
  @Mixin Options.Data data = new Options.Data();

  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      defaultValue = "9092",
      converter = Options.Port.class,
      description = "port to listen on (default: ${DEFAULT-VALUE})")
  int port;

  @Override
  public Integer call() throws InterruptedException {
    var stop = new CountDownLatch(1);
    var stopped = new CountDownLatch(1);
    try (LocalBroker broker = start()) {
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(() -> {
                stop.countDown();
                awaitQuietly(stopped);
              }));
      System.out.println("broker is up: " + broker.bootstrapServers());
      stop.await();
    }
    stopped.countDown();
    return ExitCode.DONE.code();
  }

  private LocalBroker start() {
    try {
      return LocalBroker.start(data.folder.toAbsolutePath().resolve("kafka"), port);
    } catch (IOException e) {
      throw CliException.failed(String.valueOf(e.getMessage()));
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
