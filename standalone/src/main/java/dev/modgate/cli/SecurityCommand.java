package dev.modgate.cli;

import dev.modgate.gomod.quote.Plain;
import dev.modgate.start.StartException;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "security",
    description = "What stopped Modgate because somebody may have cheated.",
    mixinStandardHelpOptions = true,
    subcommands = SecurityCommand.Acknowledge.class)
final class SecurityCommand {

  @Command(
      name = "acknowledge",
      description =
          "Lets the verifiers go on after a checksum database forked or went back. Who said so, when"
              + " and why is kept beside its memory. What is remembered stays: where the database"
              + " still shows another history, it stops them again.",
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "The alarm itself: modgate trust show",
        "Example: modgate security acknowledge sum.golang.org --by ada --why \"stale mirror, removed\""
      })
  static final class Acknowledge implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "the database, as modgate trust show names it")
    String name = "";

    @Option(names = "--by", paramLabel = "WHO", required = true, description = "who decides")
    String by = "";

    @Option(names = "--why", paramLabel = "TEXT", required = true, description = "why it is safe")
    String why = "";

    @Mixin TrustCommand.Store store = new TrustCommand.Store();
    @Mixin Options.Json json = new Options.Json();

    @Override
    public Integer call() {
      if (by.isBlank() || why.isBlank()) {
        throw CliException.usage("--by and --why are kept for those who ask later: want a text");
      }
      Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
      String alarm;
      try {
        alarm = store.open().acknowledge(name, Plain.of(by.strip()), Plain.of(why.strip()), now);
      } catch (StartException e) {
        throw CliException.failed(String.valueOf(e.getMessage()));
      } catch (IllegalArgumentException e) {
        throw CliException.usage(String.valueOf(e.getMessage()));
      } catch (IOException e) {
        throw CliException.failed("\"" + store.path() + "\" can't be used: " + e.getMessage());
      }
      if (json.on) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("name", name);
        all.put("by", by);
        all.put("why", why);
        all.put("at", now.toString());
        all.put("alarm", alarm);
        System.out.println(Output.json(all));
      } else {
        alarm.lines().forEach(line -> System.out.println("  " + Plain.of(line)));
        System.out.println();
        System.out.println(
            "acknowledged by "
                + Plain.of(by)
                + "; verifiers go on within seconds, and stop again if"
                + " the database still shows another history than the remembered one");
      }
      return ExitCode.DONE.code();
    }
  }
}
