package dev.modgate.verifier.sumdb;

import dev.modgate.gomod.sumdb.SumDbOps;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The database's answers and the memory that all verifiers share.
record SharedOps(RemoteDatabase remote, TrustStore trust) implements SumDbOps {
  @Override
  public Answer readRemote(String path) throws IOException {
    return remote.get(path);
  }

  @Override
  public Optional<String> readHead() throws IOException {
    return trust.readHead();
  }

  @Override
  public boolean replaceHead(@Nullable String expected, String next) throws IOException {
    return trust.replaceHead(expected, next);
  }

  @Override
  public Optional<byte[]> readCache(String path) {
    return trust.readTile(path);
  }

  @Override
  public void writeCache(String path, byte[] bytes) throws IOException {
    trust.writeTile(path, bytes);
  }
}
