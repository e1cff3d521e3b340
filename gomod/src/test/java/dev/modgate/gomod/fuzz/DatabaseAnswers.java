package dev.modgate.gomod.fuzz;

import static dev.modgate.gomod.fuzz.Answer.orRefusal;
import static dev.modgate.gomod.fuzz.Answer.same;

import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.sumdb.GoSumDb;
import dev.modgate.gomod.sumdb.LookupReply;
import dev.modgate.gomod.sumdb.NoSumDb;
import dev.modgate.gomod.sumdb.SumDbException;
import dev.modgate.gomod.sumdb.SumDbProof;

/// Of a checksum database, and of the settings that say which it is.
final class DatabaseAnswers {
  private DatabaseAnswers() {}

  static String lookupReply(byte[] input) throws Exception {
    return orRefusal(
        SumDbException.class,
        () -> same(LookupReply.parse(input).text(), ModuleAnswers.text(input)));
  }

  /// Only the record that is in the log is ever proven.
  static String proof(byte[] input) throws Exception {
    String text = ModuleAnswers.text(input);
    return orRefusal(
        SumDbException.class,
        () -> {
          SumDbProof proof = SumDbProof.open(text, TestLog.KEY);
          proof.verify(TestLog.KEY);
          same(proof.module().toString(), "example.com/m@v1.0." + TestLog.RECORD);
          same(proof.reply().record(), TestLog.record(TestLog.RECORD));
          return same(SumDbProof.open(proof.text(), TestLog.KEY), proof).toString();
        });
  }

  static String goSumDb(byte[] input) throws Exception {
    return orRefusal(
        IllegalArgumentException.class,
        () -> {
          GoSumDb value = GoSumDb.parse(ModuleAnswers.text(input));
          return same(GoSumDb.parse(value.toString()), value).toString();
        });
  }

  /// More patterns fit more modules.
  static String noSumDb(byte[] input) throws Exception {
    var module = new ModulePath("git.corp.example.com/team/m");
    String value = ModuleAnswers.text(input);
    return orRefusal(
        IllegalArgumentException.class,
        () -> {
          boolean matches = NoSumDb.parse(value).matches(module);
          same(NoSumDb.parse(value + ",other.example").matches(module), matches);
          same(NoSumDb.parse(value + ",*.corp.example.com").matches(module), true);
          return String.valueOf(matches);
        });
  }
}
