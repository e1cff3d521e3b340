package dev.modgate.gateway;

import dev.modgate.gateway.cache.CachedZone;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.proxy.ProxyPath;
import dev.modgate.gomod.proxy.ProxyRequest;
import dev.modgate.gomod.sumdb.SumDbRequest;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectSource;
import dev.modgate.pipeline.store.UnusableObjectException;
import dev.modgate.pipeline.zone.RefusalNote;
import dev.modgate.pipeline.zone.ZoneLayout;
import java.io.IOException;
import java.util.Optional;

/// Answers paths from the zone store alone. A file that is there is served, whatever a note says.
final class ZoneFiles {
  /// Never there, so a look at it tells whether the store is.
  private static final ObjectKey PROBE = new ObjectKey("_modgate/probe");

  private final ObjectSource zone;
  private static final String SUMDB = "/sumdb/";

  private final Reasons reasons;
  private final DatabaseFiles database;

  ZoneFiles(ObjectSource zone, Reasons reasons) {
    this.zone = zone;
    this.reasons = reasons;
    this.database = new DatabaseFiles(zone, reasons, this::absent);
  }

  /// @param path percent-decoded, with its leading slash
  /// @throws IOException when the store can't be read: neither presence nor absence is known
  Answer answer(String path) throws IOException {
    if (path.equals("/")) {
      return new Answer.Page(reasons.frontPage());
    }
    if (path.equals("/healthz")) {
      return health();
    }
    if (path.startsWith(SUMDB)) {
      Optional<SumDbRequest> request = SumDbRequest.parse(path.substring(SUMDB.length()));
      return request.isEmpty()
          ? new Answer.Absent(reasons.noSuchPath(path))
          : database.answer(request.orElseThrow());
    }
    Optional<ProxyRequest> request = ProxyPath.parse(path.substring(1));
    return request.isEmpty()
        ? new Answer.Absent(reasons.noSuchPath(path))
        : answer(request.orElseThrow());
  }

  /// With a cache the gateway is of use also while the store is away: who balances load between
  /// gateways must not send everybody elsewhere then.
  private Answer health() throws IOException {
    try {
      var _ = zone.stat(PROBE);
      return new Answer.Page("ok\n");
    } catch (IOException e) {
      if (zone instanceof CachedZone) {
        return new Answer.Page("ok, from the cache: the zone store can't be read\n");
      }
      throw e;
    }
  }

  private Answer answer(ProxyRequest request) throws IOException {
    try {
      return switch (request) {
        case ProxyRequest.VersionList(var module) ->
            open(ZoneLayout.list(module), FileKind.LIST)
                .orElseGet(() -> new Answer.Absent(reasons.noVersionInside(module)));
        case ProxyRequest.Latest(var module) ->
            open(ZoneLayout.latest(module), FileKind.LATEST)
                .orElseGet(() -> new Answer.Absent(reasons.noVersionInside(module)));
        case ProxyRequest.Info(var module) ->
            ofVersion(module, ZoneLayout.info(module), FileKind.INFO);
        case ProxyRequest.Mod(var module) ->
            ofVersion(module, ZoneLayout.mod(module), FileKind.MOD);
        case ProxyRequest.Zip(var module) ->
            ofVersion(module, ZoneLayout.zip(module), FileKind.ZIP);
      };
    } catch (IllegalArgumentException e) { // a path longer than a store's key may be
      return new Answer.Absent(reasons.noSuchPath(request.toString()));
    }
  }

  private Answer ofVersion(ModuleVersion module, ObjectKey key, FileKind kind) throws IOException {
    Optional<Answer> file = open(key, kind);
    if (file.isPresent()) {
      return file.orElseThrow();
    }
    boolean goModInside = kind == FileKind.ZIP && zone.stat(ZoneLayout.mod(module)).isPresent();
    Optional<Answer> refused = refused(module, kind);
    return refused.isEmpty() && goModInside
        ? new Answer.Absent(reasons.onlyGoMod(module))
        : absent(module, kind);
  }

  /// Of what is not there: why.
  private Answer absent(ModuleVersion module, FileKind kind) throws IOException {
    Optional<Answer> refused = refused(module, kind);
    return refused.isPresent()
        ? refused.orElseThrow()
        : new Answer.Absent(reasons.notInside(module));
  }

  private Optional<Answer> open(ObjectKey key, FileKind kind) throws IOException {
    return zone.open(key).map(object -> new Answer.Found(object, kind));
  }

  /// Why the file is not inside. A zip is refused as a zip only; for a version of which neither
  /// go.mod nor `.info` is there, either refusal is the reason.
  private Optional<Answer> refused(ModuleVersion module, FileKind kind) throws IOException {
    if (kind != FileKind.ZIP) {
      Optional<Answer> goMod = refused(module, Want.MOD);
      if (goMod.isPresent()) {
        return goMod;
      }
    }
    return refused(module, Want.ZIP);
  }

  /// A note that can't be understood, of a newer publisher say, is a refusal all the same.
  private Optional<Answer> refused(ModuleVersion module, Want want) throws IOException {
    Optional<ObjectReader> object = zone.open(ZoneLayout.refusal(module, want));
    if (object.isEmpty()) {
      return Optional.empty();
    }
    try (ObjectReader note = object.orElseThrow()) {
      byte[] bytes = note.readAll(RefusalNote.MAX_BYTES);
      return Optional.of(new Answer.Refused(why(module, bytes)));
    } catch (UnusableObjectException e) { // too large
      return Optional.of(new Answer.Refused(reasons.refusedUnreadably(module, e)));
    }
  }

  private String why(ModuleVersion module, byte[] note) {
    try {
      return reasons.refused(module, RefusalNote.read(note));
    } catch (IOException e) { // of its content: it is read by now
      return reasons.refusedUnreadably(module, e);
    }
  }
}
