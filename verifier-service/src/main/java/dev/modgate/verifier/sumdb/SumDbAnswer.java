package dev.modgate.verifier.sumdb;

import dev.modgate.gomod.sumdb.SumDbProof;
import dev.modgate.gomod.tlog.TreeHead;

/// What the checksum database says about one module version. That it can't be said now is an
/// exception.
public sealed interface SumDbAnswer {

  /// It has signed these hashes.
  ///
  /// @param head under which the record was proven
  record Proven(String database, SumDbProof proof, TreeHead head) implements SumDbAnswer {
    /// Such as `record 12 of a tree of 34 records with root hash …`.
    public String where() {
      return "record " + proof.reply().id() + " of a " + head;
    }
  }

  /// It was asked, and does not know the version.
  ///
  /// @param text what it says, as it came: not fit to be shown unquoted
  record Unknown(String database, String text) implements SumDbAnswer {}

  /// It was not asked: nothing but claims can prove the bytes.
  ///
  /// @param why a sentence without the module
  record NotAsked(String why) implements SumDbAnswer {}
}
