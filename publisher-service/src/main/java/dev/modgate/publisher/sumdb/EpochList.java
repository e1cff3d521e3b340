package dev.modgate.publisher.sumdb;

import dev.modgate.gomod.epoch.Epochs;
import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.gomod.sumdb.SignedHead;
import dev.modgate.gomod.sumdb.SumDbException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A list of epochs, with each of its notes checked, not only the newest.
///
/// @param heads that the key has signed, as they are listed
/// @param fault what is wrong with the list; empty where it is sound
record EpochList(List<SignedHead> heads, Optional<String> fault) {
  EpochList {
    heads = List.copyOf(heads);
  }

  static EpochList of(String text, VerifierKey key) {
    var heads = new ArrayList<SignedHead>();
    Optional<String> fault = Optional.empty();
    try {
      long size = -1;
      for (String note : Epochs.parse(text, key).notes()) {
        try {
          SignedHead head = SignedHead.open(note, key);
          if (head.head().size() <= size) {
            fault = Optional.of("lists a " + head.head() + " behind one of " + size + " records");
          }
          size = head.head().size();
          heads.add(head);
        } catch (SumDbException e) {
          fault = Optional.of("lists what is no signed head: " + e.sentence());
        }
      }
    } catch (SumDbException e) {
      fault = Optional.of("can't be used: " + e.sentence());
    }
    return new EpochList(heads, fault);
  }

  Optional<SignedHead> newest() {
    return heads.isEmpty() ? Optional.empty() : Optional.of(heads.getLast());
  }

  boolean has(SignedHead head) {
    return heads.contains(head);
  }
}
