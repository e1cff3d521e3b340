package dev.modgate.testsupport;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A private PostgreSQL server in a temporary folder, on loopback, for as long as this process
/// lives.
///
/// PostgreSQL refuses to run as root: there it runs as the user `postgres`, or `nobody`. It stops
/// when its standard input ends, so that it does not outlive this process however that ends.
public final class PostgresServer {
  /// `$0` is the file in which the server keeps its process number: `$!` is that of `runuser`.
  private static final String UNTIL_INPUT_ENDS =
      "\"$@\" & server=$!; read -r _; kill -INT $(head -n 1 \"$0\"); wait $server";

  private static final int STARTED_WITHIN_SECONDS = 60;
  private static final int STOPPED_WITHIN_SECONDS = 20;

  private final List<String> asUser;
  private final Path binaries;
  private final Path folder;
  private final int port = freePort();
  private @Nullable Process running;

  private PostgresServer(List<String> asUser, Path binaries, Path folder) throws IOException {
    this.asUser = asUser;
    this.binaries = binaries;
    this.folder = folder;
  }

  public sealed interface Start {
    /// @param url JDBC; the user is `modgate`, without a password
    record Running(String url, PostgresServer server) implements Start {}

    record Missing(String reason) implements Start {}
  }

  public static Start start() throws Exception {
    Optional<Path> binaries = binaries();
    if (binaries.isEmpty()) {
      return new Start.Missing(
          "no PostgreSQL here: neither initdb in PATH nor in the usual folders of a distribution");
    }
    Path folder = Files.createTempDirectory("postgres");
    List<String> asUser = List.of();
    if (Files.getOwner(folder).equals(owner("root"))) {
      Optional<UserPrincipal> user =
          Stream.of("postgres", "nobody").flatMap(name -> user(name).stream()).findFirst();
      Optional<Path> runuser = inFolders(List.of("/usr/sbin", "/sbin", "/usr/bin"), "runuser");
      if (user.isEmpty() || runuser.isEmpty()) {
        return new Start.Missing(
            "PostgreSQL does not run as root, and runuser or a user is missing");
      }
      Files.setOwner(folder, user.get());
      asUser = List.of(runuser.get().toString(), "-u", user.get().getName(), "--");
    }
    return new PostgresServer(asUser, binaries.get(), folder).run();
  }

  private Start run() throws Exception {
    Path data = folder.resolve("data");
    Process init =
        process(
            command(
                "initdb", "-D", data, "-U", "modgate", "-A", "trust", "-E", "UTF8", "--no-sync"),
            "initdb.log");
    if (init.waitFor() != 0) {
      return new Start.Missing("initdb failed: " + log("initdb.log"));
    }
    Runtime.getRuntime().addShutdownHook(new Thread(this::end, "stop-postgres"));
    return startAgain()
        ? new Start.Running(url(), this)
        : new Start.Missing("postgres did not start: " + log("postgres.log"));
  }

  private String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  /// On the same port, with the data that it had.
  ///
  /// @return whether it answers
  public boolean startAgain() throws IOException, InterruptedException {
    var server =
        new ArrayList<>(
            List.of(
                "sh", "-c", UNTIL_INPUT_ENDS, folder.resolve("data/postmaster.pid").toString()));
    server.addAll(
        command(
            "postgres",
            "-D",
            folder.resolve("data"),
            "-p",
            port,
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=",
            "-c",
            "fsync=off"));
    Process started = process(server, "postgres.log");
    running = started;
    return answers(url(), started);
  }

  /// Breaks off all connections; returns when it has ended.
  public void stop() throws IOException, InterruptedException {
    if (running != null) {
      running.getOutputStream().close();
      if (!running.waitFor(STOPPED_WITHIN_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("postgres does not stop: " + log("postgres.log"));
      }
    }
  }

  private static boolean answers(String url, Process running) throws InterruptedException {
    for (int i = 0; i < STARTED_WITHIN_SECONDS * 10 && running.isAlive(); i++) {
      try (var _ = DriverManager.getConnection(url, "modgate", "")) {
        return true;
      } catch (SQLException e) {
        Thread.sleep(100); // it still starts
      }
    }
    return false;
  }

  private void end() {
    try {
      stop();
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(java.util.Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      }
    } catch (IOException e) {
      System.err.println("\"" + folder + "\" is left: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<String> command(String program, Object... arguments) {
    var command = new ArrayList<>(asUser);
    command.add(binaries.resolve(program).toString());
    Stream.of(arguments).map(String::valueOf).forEach(command::add);
    return command;
  }

  private Process process(List<String> command, String log) throws IOException {
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(log).toFile())
        .start();
  }

  private String log(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  /// Distributions keep several versions apart, and outside PATH; the newest counts.
  private static Optional<Path> binaries() throws IOException {
    var folders = new ArrayList<>(List.of(System.getenv("PATH").split(File.pathSeparator)));
    for (String parent :
        List.of("/usr/lib/postgresql", "/usr", "/opt/homebrew/opt", "/usr/local")) {
      folders.addAll(below(Path.of(parent)));
    }
    return inFolders(folders, "initdb").flatMap(initdb -> Optional.ofNullable(initdb.getParent()));
  }

  private static List<String> below(Path parent) throws IOException {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(parent)) {
      return children
          .sorted(java.util.Comparator.reverseOrder())
          .map(child -> child.resolve("bin").toString())
          .toList();
    }
  }

  private static Optional<Path> inFolders(List<String> folders, String program) {
    return folders.stream()
        .map(folder -> Path.of(folder).resolve(program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static UserPrincipal owner(String name) throws IOException {
    return Path.of("/").getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name);
  }

  private static Optional<UserPrincipal> user(String name) {
    try {
      return Optional.of(owner(name));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
