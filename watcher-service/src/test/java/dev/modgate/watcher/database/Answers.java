package dev.modgate.watcher.database;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.modfile.GoMod;
import dev.modgate.gomod.modfile.GoModException;
import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.Evidence;
import dev.modgate.pipeline.event.Fetch;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.event.GoModFacts;
import dev.modgate.pipeline.event.ModuleDeferred;
import dev.modgate.pipeline.event.ModuleFetched;
import dev.modgate.pipeline.event.ModulePublished;
import dev.modgate.pipeline.event.ModuleRejected;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.ModuleVerified;
import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.pipeline.event.RequestId;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.BlobRef;
import dev.modgate.pipeline.store.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/// What the stages answer to a request.
public final class Answers {
  public static final H1 HASH = hash("right");
  public static final H1 OTHER = hash("other");

  /// Bytes of the three files of [#fetched] and [#published].
  public static final long BYTES = 6;

  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
  private static final Fetch FETCH = new Fetch("http://127.0.0.1", AT);
  private static final BlobRef BLOB = new BlobRef(Sha256.of(new byte[2]), 2);

  private Answers() {}

  /// Another one for each text.
  public static H1 hash(String text) {
    return H1.of(Sha256.newDigest().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  public static ModuleFetched fetched(ModuleRequested request) {
    return new ModuleFetched(
        request.request(),
        request.module(),
        request.want(),
        request.origins(),
        request.originCount(),
        FETCH,
        files(request.want()));
  }

  /// Proven, with a go.mod of this text.
  public static ModuleVerified verified(ModuleRequested request, H1 hash, String goMod) {
    try {
      GoMod read = GoMod.parseLax(goMod.getBytes(StandardCharsets.UTF_8), "go.mod");
      return new ModuleVerified(
          request.request(),
          request.module(),
          request.want(),
          published(request, hash).evidence(),
          GoModFacts.of(read));
    } catch (GoModException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /// Inside, zip and go.mod alike with this hash.
  public static ModulePublished published(ModuleRequested request, H1 hash) {
    H1 zip = request.want() == Want.ZIP ? hash : null;
    var evidence =
        new Evidence(
            FETCH, files(request.want()), zip, hash, request.origins(), List.of("checked"), 0, AT);
    return new ModulePublished(request.request(), request.module(), request.want(), evidence, AT);
  }

  public static ModuleRejected rejected(ModuleRequested request, RejectReason reason) {
    return new ModuleRejected(
        request.request(),
        request.module(),
        request.want(),
        StageName.VERIFY,
        reason,
        request.module() + ": refused",
        request.origins(),
        FETCH,
        0,
        AT);
  }

  public static ModuleDeferred deferred(ModuleRequested request, DeferReason reason) {
    return deferred(request.request(), request, reason);
  }

  public static ModuleDeferred deferred(
      RequestId answers, ModuleRequested request, DeferReason reason) {
    return new ModuleDeferred(
        answers,
        request.module(),
        request.want(),
        StageName.FETCH,
        reason,
        request.module() + ": not now",
        AT);
  }

  private static Files files(Want want) {
    return new Files(BLOB, BLOB, want == Want.ZIP ? BLOB : null);
  }
}
