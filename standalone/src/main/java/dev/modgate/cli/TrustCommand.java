package dev.modgate.cli;

import dev.modgate.audit.TrustFolder;
import dev.modgate.audit.TrustFolder.Remembered;
import dev.modgate.gomod.quote.Plain;
import dev.modgate.gomod.sumdb.GoSumDb;
import dev.modgate.start.StartException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "trust",
    description = "What verifiers remember of checksum databases.",
    mixinStandardHelpOptions = true,
    subcommands = {TrustCommand.Show.class, TrustCommand.Init.class})
final class TrustCommand {

  /// Where the blob store is.
  static final class Store {
    @Option(
        names = "--blob-store",
        paramLabel = "DIR",
        description = "folder of the blob store (default: the one of the data folder)")
    @Nullable Path folder;

    @Mixin Options.Data data = new Options.Data();

    Path path() {
      return folder != null ? folder : data.folder.resolve("outer");
    }

    /// @throws CliException where there is none
    TrustFolder open() {
      Path path = path();
      if (!TrustFolder.isThere(path)) {
        throw CliException.usage(
            "\"" + path + "\" is no folder of a blob store; name it with --blob-store or --data");
      }
      return new TrustFolder(path);
    }
  }

  @Command(
      name = "show",
      description = "Shows the remembered tree head of each database, and an alarm.",
      mixinStandardHelpOptions = true,
      footer = {"", "Exit code 1 where an alarm stops the verifiers, or a memory is lost."})
  static final class Show implements Callable<Integer> {
    @Mixin Store store = new Store();
    @Mixin Options.Json json = new Options.Json();

    @Override
    public Integer call() {
      List<Remembered> all;
      try {
        all = store.open().all();
      } catch (IOException | StartException e) {
        throw CliException.failed("trust can't be read: " + e.getMessage());
      }
      if (json.on) {
        System.out.println(Output.json(all));
      } else if (all.isEmpty()) {
        System.out.println("no checksum database is remembered in " + store.path());
      } else {
        all.forEach(Show::print);
      }
      boolean well = all.stream().allMatch(one -> one.alarm() == null && one.fault() == null);
      return (well ? ExitCode.DONE : ExitCode.FAILED).code();
    }

    private static void print(Remembered one) {
      System.out.println(Plain.of(one.name()));
      line("key", one.key());
      line(
          "head",
          one.records() < 0
              ? "none was seen yet"
              : one.records() + " records, root hash " + one.rootHash());
      line("seen", one.seen() == null ? null : one.seen().toString());
      line("tiles", String.valueOf(one.tiles()));
      line("LOST", one.fault());
      String alarm = one.alarm();
      line("alarm", alarm == null ? "none" : "all verifiers are stopped:");
      if (alarm != null) {
        alarm.lines().forEach(line -> System.out.println("    " + Plain.of(line)));
        System.out.println(
            "  when you have looked into it: modgate security acknowledge "
                + Plain.of(one.name())
                + " --by WHO --why TEXT");
      }
      for (String past : one.acknowledged()) {
        line("past", String.join(", ", past.lines().limit(3).toList()));
      }
    }

    private static void line(String name, @Nullable String value) {
      if (value != null) {
        System.out.printf(java.util.Locale.ROOT, "  %-6s %s%n", name, Plain.of(value));
      }
    }
  }

  @Command(
      name = "init",
      description =
          "Begins the memory of a database, before the very first verifier starts. Refused where"
              + " there is one: what was lost comes from a backup.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example: modgate trust init --blob-store /srv/blobs"})
  static final class Init implements Callable<Integer> {
    @Option(
        names = "--sumdb",
        paramLabel = "NAME|KEY",
        defaultValue = GoSumDb.DEFAULT,
        description = "the database, in GOSUMDB syntax (default: ${DEFAULT-VALUE})")
    String sumdb = GoSumDb.DEFAULT;

    @Mixin Store store = new Store();
    @Mixin Options.Json json = new Options.Json();

    @Override
    public Integer call() {
      GoSumDb.Database database = database();
      try {
        new TrustFolder(store.path()).init(database);
      } catch (StartException e) {
        throw CliException.failed(String.valueOf(e.getMessage()));
      } catch (IOException e) {
        throw CliException.failed("\"" + store.path() + "\" can't be used: " + e.getMessage());
      }
      System.out.println(
          json.on
              ? Output.json(Map.of("name", database.name(), "key", database.key().toString()))
              : database.name() + " begins to be remembered in " + store.path());
      return ExitCode.DONE.code();
    }

    private GoSumDb.Database database() {
      try {
        return switch (GoSumDb.parse(sumdb)) {
          case GoSumDb.Database database -> database;
          case GoSumDb.Off _ -> throw CliException.usage("--sumdb off: there is no memory of none");
        };
      } catch (IllegalArgumentException e) {
        throw CliException.usage(String.valueOf(e.getMessage()));
      }
    }
  }
}
