package dev.modgate.testsupport;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/// A bare repository, and a work tree that pushes to it, both made by the real `git`, without the
/// settings of the machine. Tests that use it are skipped where there is no `git`.
public final class GitRepository {
  private final Path bare;
  private final Path work;

  private GitRepository(Path bare, Path work) {
    this.bare = bare;
    this.work = work;
  }

  /// @param root takes `NAME.git` and `NAME.work`
  public static GitRepository create(Path root, String name) {
    assumeGit();
    createFolder(root);
    Path bare = root.resolve(name + ".git");
    Path work = root.resolve(name + ".work");
    run(root, new byte[0], "init", "-q", "--bare", "-b", "main", bare.toString());
    run(root, new byte[0], "init", "-q", "-b", "main", work.toString());
    var made = new GitRepository(bare, work);
    made.git("remote", "add", "origin", bare.toString());
    return made;
  }

  private static void createFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Skips the test where there is no `git`.
  public static void assumeGit() {
    try {
      Process process = new ProcessBuilder("git", "--version").start();
      Assumptions.assumeTrue(waitFor(process) == 0, "git does not run here");
    } catch (IOException e) {
      Assumptions.abort("there is no git here: " + e.getMessage());
    }
  }

  public Path bare() {
    return bare;
  }

  public Path work() {
    return work;
  }

  /// Sets an option of the bare repository, such as `uploadpack.allowFilter`.
  public GitRepository serving(String option, String value) {
    run(bare, new byte[0], "config", option, value);
    return this;
  }

  /// Writes a file of the work tree.
  public GitRepository write(String path, String text) {
    try {
      Path file = work.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Commits all of the work tree, and pushes it to `main`.
  ///
  /// @return the commit's id
  public String push() {
    return push("main");
  }

  /// Commits all of the work tree, and pushes it, also over what is no ancestor.
  ///
  /// @return the commit's id
  public String push(String branch) {
    git("add", "-A");
    return pushIndex(branch);
  }

  /// Commits what is in the index, and pushes it.
  public String pushIndex(String branch) {
    git("commit", "-q", "--allow-empty", "-m", "change");
    git("push", "-q", "-f", "origin", "HEAD:refs/heads/" + branch);
    return git("rev-parse", "HEAD");
  }

  /// Runs `git` in the work tree.
  ///
  /// @return what it prints, without the line end
  public String git(String... arguments) {
    return git(new byte[0], arguments);
  }

  /// @param input on its standard input
  public String git(byte[] input, String... arguments) {
    return run(work, input, arguments);
  }

  private static String run(Path folder, byte[] input, String... arguments) {
    var command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    clean(builder.environment());
    try {
      Process process = builder.start();
      try (OutputStream out = process.getOutputStream()) {
        out.write(input);
      }
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (waitFor(process) != 0) {
        throw new IllegalStateException(command + ": " + printed);
      }
      return printed.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Keeps `git` from the settings of the machine.
  static void clean(Map<String, String> environment) {
    environment.keySet().removeIf(name -> name.startsWith("GIT_"));
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
    environment.put("GIT_AUTHOR_NAME", "somebody");
    environment.put("GIT_AUTHOR_EMAIL", "somebody@example.com");
    environment.put("GIT_COMMITTER_NAME", "somebody");
    environment.put("GIT_COMMITTER_EMAIL", "somebody@example.com");
    environment.put("GIT_TERMINAL_PROMPT", "0");
  }

  private static int waitFor(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
