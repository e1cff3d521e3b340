package dev.modgate.gateway;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.zone.RefusalNote;
import dev.modgate.pipeline.zone.ZoneLayout;
import dev.modgate.testsupport.SyntheticModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// A zone store as a publisher would leave it.
record Zone(ObjectStore store) {

  Zone with(SyntheticModule module) throws IOException {
    put(ZoneLayout.zip(module.module()), module.zip());
    withGoModOf(module);
    set(ZoneLayout.latest(module.module().path()), module.info());
    var list = new StringBuilder();
    var old = store.open(ZoneLayout.list(module.module().path()));
    if (old.isPresent()) {
      try (var reader = old.get()) {
        list.append(new String(reader.readAll(1000), StandardCharsets.UTF_8));
      }
    }
    list.append(module.module().version()).append('\n');
    set(ZoneLayout.list(module.module().path()), list.toString().getBytes(StandardCharsets.UTF_8));
    return this;
  }

  Zone withGoModOf(SyntheticModule module) throws IOException {
    put(ZoneLayout.mod(module.module()), module.mod());
    put(ZoneLayout.info(module.module()), module.info());
    return this;
  }

  Zone withRefusal(String module, RejectReason code, String sentence) throws IOException {
    return withRefusal(Want.ZIP, module, code, sentence);
  }

  Zone withRefusal(Want want, String module, RejectReason code, String sentence)
      throws IOException {
    var note = new RefusalNote(want, code, sentence, Instant.EPOCH);
    set(ZoneLayout.refusal(ModuleVersion.parse(module), want), note.toJson());
    return this;
  }

  void set(ObjectKey key, byte[] bytes) throws IOException {
    var revision = store.stat(key).map(s -> s.revision());
    if (!store.compareAndSwap(key, revision, bytes)) {
      throw new IOException("nobody else writes here");
    }
  }

  private void put(ObjectKey key, byte[] bytes) throws IOException {
    try (var out = store.newWriter()) {
      out.write(bytes);
      var _ = out.putIfAbsent(key);
    }
  }
}
