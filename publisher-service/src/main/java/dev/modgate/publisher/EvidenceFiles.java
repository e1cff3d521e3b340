package dev.modgate.publisher;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.Evidence;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.BlobRef;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.store.UnusableObjectException;
import dev.modgate.pipeline.zone.ZoneLayout;
import dev.modgate.pipeline.zone.ZoneObjects;
import dev.modgate.pipeline.zone.ZoneObjects.Next;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/// Evidence beside the modules, written after the bytes: it names those that lie there.
final class EvidenceFiles {
  private static final Logger log = LoggerFactory.getLogger(EvidenceFiles.class);

  private final ZoneObjects objects;

  EvidenceFiles(ObjectStore zone) {
    this.objects = new ZoneObjects(zone);
  }

  /// What is said so far; empty where nothing is.
  Optional<Evidence> find(ModuleVersion module, Want want) throws IOException {
    ObjectKey key = ZoneLayout.evidence(module, want);
    Optional<ZoneObjects.Stored> stored = objects.read(key, EventJson.MAX_BYTES);
    return stored.isEmpty() ? Optional.empty() : Optional.of(read(key, stored.get()));
  }

  /// Keeps the evidence, unless there is some that names the same bytes: the first one stays.
  ///
  /// @param stored the bytes that lie in the zone store, of this delivery or an earlier one
  /// @return what is kept
  Evidence keep(ModuleVersion module, Want want, Evidence evidence, Files stored)
      throws IOException {
    ObjectKey key = ZoneLayout.evidence(module, want);
    Evidence mine = naming(evidence, stored);
    return objects.change(
        key,
        EventJson.MAX_BYTES,
        now -> {
          if (now.isPresent()) {
            Evidence known = read(key, now.get());
            if (known.files().equals(stored)) {
              return Next.same(known);
            }
            log.warn("\"{}\" names other bytes than are stored: written anew", key);
          }
          return Next.write(mine, EventJson.mapper().writeValueAsBytes(mine));
        });
  }

  private static Evidence naming(Evidence evidence, Files stored) {
    Files mine = evidence.files();
    List<String> checks = new ArrayList<>(evidence.checks());
    if (stored.zip() != null && !stored.zip().equals(mine.zip())) {
      checks.add(earlier(".zip", stored.zip()));
    }
    if (!stored.mod().equals(mine.mod())) {
      checks.add(earlier(".mod", stored.mod()));
    }
    if (!stored.info().equals(mine.info())) {
      checks.add(earlier(".info", stored.info()));
    }
    return new Evidence(
        evidence.fetch(),
        stored,
        evidence.zipHash(),
        evidence.goModHash(),
        evidence.origins(),
        checks,
        evidence.rulesRevision(),
        evidence.verifiedAt(),
        evidence.sumdb(),
        evidence.verdict());
  }

  private static String earlier(String file, BlobRef stored) {
    return "the "
        + file
        + " inside is of an earlier delivery, which stays: sha256 "
        + stored.sha256()
        + ", "
        + stored.size()
        + " bytes";
  }

  private static Evidence read(ObjectKey key, ZoneObjects.Stored stored) throws IOException {
    try {
      return EventJson.mapper().readValue(stored.bytes(), Evidence.class);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new UnusableObjectException(
          "evidence \"" + key + "\" is unreadable: " + Quoted.of(String.valueOf(e.getMessage())));
    }
  }
}
