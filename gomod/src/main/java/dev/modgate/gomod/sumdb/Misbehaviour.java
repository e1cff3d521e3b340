package dev.modgate.gomod.sumdb;

import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.gomod.tlog.TlogHash;
import dev.modgate.gomod.tlog.TreeHead;
import dev.modgate.gomod.tlog.TreeProof;

/// Why an answer must not be believed. It says nothing about the module, which may be tried again.
public sealed interface Misbehaviour {
  /// For people; of one line.
  String sentence();

  /// No answer of a checksum database at all: empty, a web page, cut off, too long. More likely
  /// something on the way than the database.
  record Malformed(String sentence) implements Misbehaviour {}

  /// What came is not what the pinned key has signed: another key, a changed record or tile, a
  /// record outside the tree.
  record Forged(String sentence) implements Misbehaviour {}

  /// The record is authentic, but not the two lines of the module version that was asked for.
  record WrongRecord(String sentence) implements Misbehaviour {}

  /// The database has signed two histories. Who has these values can prove it to anybody.
  ///
  /// @param older the smaller tree, or the one that was known first
  /// @param newer a tree that does not begin with the older one
  /// @param instead the root of as many records as the older tree has, in the newer one
  /// @param proof that the newer tree begins with that root
  record Fork(SignedHead older, SignedHead newer, TlogHash instead, TreeProof proof)
      implements Misbehaviour {

    /// Whether the key has signed both, and the proof shows that they are two histories.
    public boolean isProven(VerifierKey key) {
      try {
        if (!SignedHead.open(older.note(), key).equals(older)
            || !SignedHead.open(newer.note(), key).equals(newer)) {
          return false;
        }
      } catch (SumDbException e) {
        return false;
      }
      var beginning = new TreeHead(older.head().size(), instead);
      return !instead.equals(older.head().hash()) && proof.proves(newer.head(), beginning);
    }

    @Override
    public String sentence() {
      return "checksum database signed two histories: a "
          + older.head()
          + ", and a "
          + newer.head()
          + ", whose first "
          + older.head().size()
          + " records have hash "
          + instead;
    }

    /// All of it, in several lines, for who has to prove it.
    public String report() {
      var out = new StringBuilder(sentence()).append("\n\nolder head:\n\n").append(older.note());
      out.append("\nnewer head:\n\n").append(newer.note());
      out.append("\nproof that the newer tree begins with ").append(instead).append(":\n\n");
      proof.hashes().forEach(hash -> out.append(hash).append('\n'));
      return out.toString();
    }
  }

  /// The database has gone back: it answers with an older head, and no longer has the tree that it
  /// had signed before. A mirror that is behind another one looks the same for a while, so it is
  /// worth asking again before a person is called.
  ///
  /// @param remembered what it had signed
  /// @param served what it answers now
  /// @param missing what it no longer has
  record Rollback(SignedHead remembered, SignedHead served, String missing)
      implements Misbehaviour {
    @Override
    public String sentence() {
      return "checksum database went back to a "
          + served.head()
          + ", but had signed a "
          + remembered.head()
          + ": "
          + missing;
    }
  }
}
