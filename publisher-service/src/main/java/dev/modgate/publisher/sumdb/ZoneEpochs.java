package dev.modgate.publisher.sumdb;

import dev.modgate.gomod.epoch.Epochs;
import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.gomod.sumdb.LookupReply;
import dev.modgate.gomod.sumdb.SignedHead;
import dev.modgate.gomod.sumdb.SumDbException;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectStat;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.store.Revision;
import dev.modgate.pipeline.trust.TrustLayout;
import dev.modgate.pipeline.zone.ZoneLayout;
import dev.modgate.pipeline.zone.ZoneObjects;
import dev.modgate.pipeline.zone.ZoneObjects.Next;
import dev.modgate.pipeline.zone.ZoneObjects.Stored;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The epochs of one zone. Used by many threads and processes at once.
final class ZoneEpochs {
  private static final Logger log = LoggerFactory.getLogger(ZoneEpochs.class);

  private final VerifierKey key;
  private final ObjectStore zone;
  private final ZoneObjects inside;
  private final ZoneObjects outside;
  private final TileFiles tiles;
  private final ReentrantLock joining = new ReentrantLock();
  private volatile @Nullable Known known;

  /// What this process has last seen listed.
  private record Known(Epochs epochs, SignedHead newest, Optional<Revision> revision) {}

  ZoneEpochs(VerifierKey key, ObjectStore blobs, ObjectStore zone, TileFiles tiles) {
    this.key = key;
    this.zone = zone;
    this.inside = new ZoneObjects(zone);
    this.outside = new ZoneObjects(blobs);
    this.tiles = tiles;
  }

  /// The newest epoch; not older than the head, which becomes one where it is newer than all.
  SignedHead epochFor(SignedHead head)
      throws IOException, InterruptedException, UnprovableException {
    Known now = known;
    if (now == null || !serves(now, head)) {
      joining.lockInterruptibly();
      try {
        now = known;
        if (now == null || !serves(now, head)) {
          now = joined(head, now);
          known = now;
        }
      } finally {
        joining.unlock();
      }
    }
    TwoHistoriesException.requireSame(key.name(), now.newest, head);
    return now.newest;
  }

  /// Also false where somebody else has changed the list, or put back an old one.
  private boolean serves(Known now, SignedHead head) throws IOException {
    return now.newest.head().size() >= head.head().size()
        && zone.stat(key("epochs")).map(ObjectStat::revision).equals(now.revision);
  }

  private Known joined(SignedHead head, @Nullable Known before)
      throws IOException, UnprovableException {
    Epochs epochs =
        inside.change(
            key("epochs"),
            ObjectStore.MAX_SWAPPED,
            stored -> {
              Epochs listed = epochs(stored);
              Optional<SignedHead> last = listed.newest();
              if (before != null && sizeOf(last) < before.newest.head().size()) {
                log.warn("\"{}\" went back: was the zone store restored?", key("epochs"));
                tiles.forget();
              }
              if (sizeOf(last) >= head.head().size()) {
                return Next.write(listed, bytes(listed.text())); // which may have been lost
              }
              tiles.put(head, tree -> tree.join(last));
              Epochs next = listed.with(head);
              return Next.write(next, bytes(next.text()));
            });
    SignedHead newest = epochs.newest().orElseThrow();
    announce(newest);
    return new Known(epochs, newest, zone.stat(key("epochs")).map(ObjectStat::revision));
  }

  /// Makes the list again, and what is said beside it, of all signed heads that lie inside and of
  /// others. Each is joined to the one before it; a list that became sound meanwhile stays.
  ///
  /// @return the newest epoch; empty where no head is known at all
  Optional<SignedHead> mended(List<SignedHead> others) throws IOException, UnprovableException {
    Epochs epochs =
        inside.change(
            key("epochs"),
            ObjectStore.MAX_SWAPPED,
            stored -> {
              var heads = new ArrayList<>(kept());
              heads.addAll(others);
              stored.ifPresent(s -> heads.addAll(EpochList.of(text(s.bytes()), key).heads()));
              Epochs made = rebuilt(heads);
              return made.equals(Epochs.NONE)
                  ? Next.same(made)
                  : Next.write(made, bytes(made.text()));
            });
    if (epochs.newest().isPresent()) {
      announce(epochs.newest().get());
    }
    return epochs.newest();
  }

  private void announce(SignedHead newest) throws IOException {
    put("supported", "this zone has the checksum database " + key.name() + "\n");
    putForward(inside, key("latest"), newest);
    put(epochObject(newest), newest.note());
    putForward(outside, new TrustLayout(key.name()).object(TrustLayout.INSIDE), newest);
  }

  private static long sizeOf(Optional<SignedHead> head) {
    return head.map(h -> h.head().size()).orElse(-1L);
  }

  private Epochs epochs(Optional<Stored> stored) throws IOException, UnprovableException {
    if (stored.isEmpty()) {
      return rebuilt(kept());
    }
    try {
      return Epochs.parse(text(stored.get().bytes()), key);
    } catch (SumDbException e) {
      log.error("security: \"{}\" was changed inside: {}", key("epochs"), e.sentence());
      return rebuilt(kept());
    }
  }

  /// The list was lost, or there is none yet: from the notes that are kept for ever. Each is joined
  /// to the one before it again.
  private Epochs rebuilt(List<SignedHead> heads) throws IOException, UnprovableException {
    Epochs epochs = Epochs.NONE;
    heads.sort(Comparator.comparingLong(head -> head.head().size()));
    for (SignedHead head : heads) {
      Optional<SignedHead> last = epochs.newest();
      if (last.isPresent()) {
        TwoHistoriesException.requireSame(key.name(), last.get(), head);
      }
      if (sizeOf(last) < head.head().size()) {
        tiles.put(head, tree -> tree.join(last));
        epochs = epochs.with(head);
      }
    }
    if (!epochs.equals(Epochs.NONE)) {
      log.warn("\"{}\" is made again of {} epochs", key("epochs"), epochs.notes().size());
    }
    return epochs;
  }

  private List<SignedHead> kept() throws IOException {
    var keys = new ArrayList<ObjectKey>(List.of(key("latest")));
    try (Stream<ObjectStat> objects = zone.list(key("epoch").value())) {
      objects.map(ObjectStat::key).forEach(keys::add);
    }
    var heads = new ArrayList<SignedHead>();
    for (ObjectKey object : keys) {
      try (ObjectReader reader = zone.open(object).orElse(null)) {
        if (reader != null) {
          heads.add(SignedHead.open(text(reader.readAll(LookupReply.MAX_BYTES)), key));
        }
      } catch (SumDbException e) {
        log.error("security: \"{}\" was changed inside: {}", object, e.sentence());
      }
    }
    return heads;
  }

  /// Whether a client of this head is served: it is listed, or was.
  boolean lists(SignedHead head) throws IOException {
    Known now = known;
    return now != null
        && (now.epochs.has(head)
            || (now.epochs.isFull() && zone.stat(key(epochObject(head))).isPresent()));
  }

  private static String epochObject(SignedHead head) {
    return "epoch/" + head.head().size();
  }

  private void putForward(ZoneObjects objects, ObjectKey object, SignedHead head)
      throws IOException {
    var _ =
        objects.change(
            object,
            LookupReply.MAX_BYTES,
            now ->
                now.isPresent() && sizeOf(object, now.get()) >= head.head().size()
                    ? Next.same(head)
                    : Next.write(head, bytes(head.note())));
  }

  /// What nobody can read is older than anything.
  private long sizeOf(ObjectKey object, Stored note) {
    try {
      return SignedHead.open(text(note.bytes()), key).head().size();
    } catch (SumDbException e) {
      log.error("security: \"{}\" was changed: {}; mended", object, e.sentence());
      return -1;
    }
  }

  private void put(String path, String text) throws IOException {
    var _ =
        inside.change(
            key(path),
            LookupReply.MAX_BYTES,
            now -> now.isPresent() ? Next.same(path) : Next.write(path, bytes(text)));
  }

  private ObjectKey key(String path) {
    return ZoneLayout.sumdb(key.name(), path);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
