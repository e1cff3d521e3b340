package dev.modgate.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `modgate`
@Command(
    name = "modgate",
    description = "Brings Go modules across the gap between the public network and a closed one.",
    mixinStandardHelpOptions = true,
    version = "modgate " + Main.VERSION,
    subcommands = {
      UpCommand.class,
      SyncCommand.class,
      PlanCommand.class,
      CheckCommand.class,
      SyncChangeCommand.Cancel.class,
      SyncChangeCommand.Retry.class,
      StatusCommand.class,
      UpstreamsCommand.class,
      ShowCommand.class,
      SourceCommand.class,
      NotifyCommand.class,
      LedgerCommand.class,
      WhoUsesCommand.class,
      DriftCommand.class,
      AgentCommand.class,
      DeadLettersCommand.class,
      ResumeCommand.class,
      DoctorCommand.class,
      DownCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      ScrubCommand.class,
      RebuildCommand.class,
      VerifyCommand.class,
      TrustCommand.class,
      SecurityCommand.class,
      VerifierKeyCommand.class,
      BrokerCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 done, 1 something was rejected or failed, 2 usage, 3 not reachable.",
      "Example: modgate sync examples/hello"
    })
public final class Main {
  static final String VERSION = "0.1.0";

  private Main() {}

  public static void main(String[] args) {
    int code = commandLine().execute(args);
    System.out.flush();
    System.err.flush();
    Runtime.getRuntime().halt(code); // the broker's and the clients' threads are not daemons
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler(Main::explain)
        .setUsageHelpAutoWidth(true)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  private static int explain(Exception e, CommandLine commandLine, CommandLine.ParseResult unused) {
    var err = commandLine.getErr();
    if (e instanceof CliException known) {
      err.println("modgate: " + Output.lines(String.valueOf(known.getMessage())));
      return known.exitCode().code();
    }
    var stack = new StringWriter();
    e.printStackTrace(new PrintWriter(stack, true));
    err.println("modgate: unexpected: " + Output.lines(stack.toString()));
    return ExitCode.FAILED.code();
  }
}
