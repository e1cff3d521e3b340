package dev.modgate.gomod.sumdb;

import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.gomod.tlog.HashReader;
import dev.modgate.gomod.tlog.TlogException;
import dev.modgate.gomod.tlog.TlogHash;
import dev.modgate.gomod.tlog.TreeHead;
import dev.modgate.gomod.tlog.TreeProof;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The one history that is believed, and how far it is known.
final class Heads {
  /// Each conflict is another client's progress; more than a few in a row are a broken store.
  private static final int MAX_CONFLICTS = 100;

  private final SumDbOps ops;
  private final VerifierKey key;
  private final Tiles tiles;

  private final Suspects suspects = new Suspects();

  /// What this client has last seen remembered.
  private final AtomicReference<@Nullable SignedHead> newest = new AtomicReference<>();

  Heads(SumDbOps ops, VerifierKey key, Tiles tiles) {
    this.ops = ops;
    this.key = key;
    this.tiles = tiles;
  }

  /// Takes a head, of which only the signature is checked yet, into the history.
  ///
  /// @return the newest head, remembered; at least as large as the one that was seen
  /// @throws SumDbException when they are not one history
  SignedHead merge(SignedHead seen) throws IOException, SumDbException {
    try {
      return merged(seen);
    } catch (IOException | SumDbException e) {
      suspects.add(seen); // who shows it once, and hides its tiles, may have signed two histories
      throw e;
    }
  }

  /// Looks again at heads that the key has signed and that could not be shown to belong to the
  /// history, as far as the remembered tree tells by now.
  ///
  /// @throws SumDbException when one does not belong to it
  void requireSuspectsFit(SignedHead remembered) throws IOException, SumDbException {
    for (SignedHead suspect : suspects.upTo(remembered.size())) {
      requireOneHistory(remembered, suspect);
      suspects.remove(suspect);
    }
  }

  /// Compares what is stored with what this client has seen stored. A store that went back is put
  /// forward again.
  ///
  /// @throws IOException where it had gone back, or is lost
  void requireMemory() throws IOException {
    SignedHead known = newest.get();
    Optional<String> stored = ops.readHead();
    if (known == null || (stored.isPresent() && remembered(stored.get()).size() >= known.size())) {
      return;
    }
    boolean mended = stored.isPresent() && ops.replaceHead(stored.get(), known.note());
    throw new IOException(
        "remembered head of "
            + key.name()
            + " was a "
            + known.head()
            + (stored.isPresent() ? ", and has gone back" : ", and is gone")
            + (mended ? "; it is put forward again" : ""));
  }

  private SignedHead merged(SignedHead seen) throws IOException, SumDbException {
    SignedHead known = newest.get();
    if (known != null) {
      requireOneHistory(known, seen);
      if (seen.size() <= known.size()) {
        return known;
      }
    }
    for (int conflicts = 0; conflicts < MAX_CONFLICTS; conflicts++) {
      Optional<String> stored = ops.readHead();
      if (stored.isPresent()) {
        SignedHead remembered = remembered(stored.get());
        requireOneHistory(remembered, seen);
        if (seen.size() <= remembered.size()) {
          return advanced(remembered);
        }
      } else if (known != null) {
        throw new IOException(
            "remembered head of " + key.name() + " is gone: it was a " + known.head());
      }
      if (ops.replaceHead(stored.orElse(null), seen.note())) {
        return advanced(seen);
      }
    }
    throw new IOException(
        "remembered head of " + key.name() + " changed " + MAX_CONFLICTS + " times in a row");
  }

  /// Our own store's fault, not the database's.
  private SignedHead remembered(String note) throws IOException {
    try {
      return SignedHead.open(note, key);
    } catch (SumDbException e) {
      throw new IOException(
          "remembered head of " + key.name() + " can't be used: " + e.sentence(), e);
    }
  }

  private SignedHead advanced(SignedHead head) {
    SignedHead now =
        newest.accumulateAndGet(head, (a, b) -> a != null && a.size() >= head.size() ? a : b);
    return now == null ? head : now;
  }

  private void requireOneHistory(SignedHead known, SignedHead seen)
      throws IOException, SumDbException {
    if (known.size() == seen.size()) {
      requireSameHash(known, seen);
    } else if (known.size() < seen.size()) {
      requireBeginning(known, seen);
    } else {
      try {
        requireBeginning(seen, known);
      } catch (AbsentTileException e) {
        throw new SumDbException(new Misbehaviour.Rollback(known, seen, e.sentence()));
      }
    }
  }

  private static void requireSameHash(SignedHead known, SignedHead seen) throws SumDbException {
    if (!known.head().equals(seen.head())) {
      throw new SumDbException(
          new Misbehaviour.Fork(known, seen, seen.head().hash(), new TreeProof(List.of())));
    }
  }

  private void requireBeginning(SignedHead older, SignedHead newer)
      throws IOException, SumDbException {
    if (older.size() == 0) {
      return;
    }
    try {
      HashReader hashes = tiles.of(newer.head());
      TlogHash hash = TreeHead.of(older.size(), hashes).hash();
      if (!hash.equals(older.head().hash())) {
        TreeProof proof = TreeProof.make(newer.size(), older.size(), hashes);
        throw new SumDbException(new Misbehaviour.Fork(older, newer, hash, proof));
      }
    } catch (TlogException e) {
      throw SumDbException.forged(e.sentence());
    }
  }
}
