package dev.modgate.testsupport;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.note.SignedNote;
import dev.modgate.gomod.note.SigningKey;
import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.gomod.tlog.MemoryLog;
import dev.modgate.gomod.tlog.Tile;
import dev.modgate.gomod.tlog.TlogHash;
import dev.modgate.gomod.tlog.TreeHead;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A checksum database that signs a real tree, and lies on request. [FakeUpstream#serve] puts it
/// below `/sumdb/<name>/`; [MemorySumDb] asks it directly.
///
/// Safe for use by many threads; records and lies may be added while it serves.
public final class FakeSumDb {
  private final SigningKey key;
  private final MemoryLog log;
  private final List<String> records;
  private final Map<String, Long> ids;
  private final List<Rule> lies = new ArrayList<>();
  private Optional<Long> servedSize = Optional.empty();
  private Optional<Long> headSize = Optional.empty();

  private record Rule(Pattern paths, SumDbLie lie) {}

  private FakeSumDb(SigningKey key, MemoryLog log, List<String> records, Map<String, Long> ids) {
    this.key = key;
    this.log = log;
    this.records = records;
    this.ids = ids;
  }

  /// An empty one with a new key.
  ///
  /// @param name a host, perhaps with a path; it need not exist
  public static FakeSumDb named(String name) {
    return new FakeSumDb(
        SigningKey.generate(name, new SecureRandom()),
        new MemoryLog(),
        new ArrayList<>(),
        new HashMap<>());
  }

  /// Another history with the same beginning, signed by the same key.
  public synchronized FakeSumDb fork() {
    return new FakeSumDb(key, log.copy(), new ArrayList<>(records), new HashMap<>(ids));
  }

  public FakeSumDb add(SyntheticModule... modules) {
    for (SyntheticModule m : modules) {
      add(m.module(), m.zipHash(), m.goModHash());
    }
    return this;
  }

  public FakeSumDb add(ModuleVersion module, H1 zip, H1 goMod) {
    return addRecord(module, goSumLines(module, zip, goMod));
  }

  /// @param record what the database says when it is asked for the module version: whole lines
  public synchronized FakeSumDb addRecord(ModuleVersion module, String record) {
    ids.put(path(module), log.append(record.getBytes(StandardCharsets.UTF_8)));
    records.add(record);
    return this;
  }

  /// Other people's modules, until it has so many records.
  public FakeSumDb fillTo(long size) {
    while (size() < size) {
      ModuleVersion module = ModuleVersion.parse("filler.example.com/m@v1.0." + size());
      H1 hash =
          H1.of(("x".repeat(16) + "%016d".formatted(size())).getBytes(StandardCharsets.US_ASCII));
      add(module, hash, hash);
    }
    return this;
  }

  /// The two lines of a go.sum, as a record has them.
  public static String goSumLines(ModuleVersion module, H1 zip, H1 goMod) {
    String line = module.path() + " " + module.version();
    return line + " " + zip + "\n" + line + "/go.mod " + goMod + "\n";
  }

  /// As if nothing behind so many records had ever been: a rollback.
  public synchronized FakeSumDb rollBackTo(long size) {
    servedSize = Optional.of(size);
    return this;
  }

  /// Heads are as old as that, though all the rest is there: a cache stands before it.
  public synchronized FakeSumDb serveHeadsOf(long size) {
    headSize = Optional.of(size);
    return this;
  }

  /// From now on, answers to paths that this regular expression finds something in are lies. The
  /// newest lie that fits counts.
  public synchronized FakeSumDb lie(String paths, SumDbLie lie) {
    lies.addFirst(new Rule(Pattern.compile(paths), lie));
    return this;
  }

  /// Nothing but the truth again.
  public synchronized FakeSumDb heal() {
    lies.clear();
    servedSize = Optional.empty();
    headSize = Optional.empty();
    return this;
  }

  public String name() {
    return key.verifierKey().name();
  }

  public VerifierKey key() {
    return key.verifierKey();
  }

  /// How many records it really has.
  public synchronized long size() {
    return log.size();
  }

  /// A head that it has signed, or would have.
  public synchronized String head(long size) {
    return sign(log.head(size).text(), key);
  }

  /// @param path below the database's URL, without a slash before it
  synchronized RawHttpServer.Answer answer(String path) {
    Optional<SumDbLie> lie =
        lies.stream().filter(r -> r.paths().matcher(path).find()).map(Rule::lie).findFirst();
    if (lie.isPresent() && lie.get() instanceof SumDbLie.Wire(Fault fault)) {
      return RawHttpServer.Answer.of(fault);
    }
    Optional<byte[]> body =
        path.startsWith("tile/")
            ? tile(path, lie)
            : text(path, lie).map(s -> s.getBytes(StandardCharsets.UTF_8));
    return new RawHttpServer.Answer(body, "text/plain; charset=utf-8", Optional.empty());
  }

  private Optional<byte[]> tile(String path, Optional<SumDbLie> lie) {
    Tile tile;
    try {
      tile = Tile.parse(path);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    long hashes = served() >> (tile.level() * tile.height());
    if (tile.level() < 0 || (tile.number() << tile.height()) + tile.width() > hashes) {
      return Optional.empty();
    }
    byte[] bytes = log.tile(tile);
    if (lie.isPresent() && lie.get() instanceof SumDbLie.ForgedTile(int at)) {
      bytes[at] ^= 1;
    }
    return Optional.of(bytes);
  }

  private Optional<String> text(String path, Optional<SumDbLie> lie) {
    if (path.equals("supported")) {
      return Optional.of("");
    }
    if (path.equals("latest")) {
      return Optional.of(signedHead(lie));
    }
    return path.startsWith("lookup/") ? lookup(path, lie) : Optional.empty();
  }

  private Optional<String> lookup(String path, Optional<SumDbLie> lie) {
    String asked =
        switch (lie.orElse(null)) {
          case SumDbLie.OtherRecord(var other) -> path(other);
          case SumDbLie.LinesInHead(var other, _) -> path(other);
          case null, default -> path;
        };
    Long id = ids.get(asked);
    if (id == null || id >= served()) {
      return Optional.empty();
    }
    String record =
        lie.isPresent() && lie.get() instanceof SumDbLie.ForgedRecord(String text)
            ? text
            : records.get(id.intValue());
    return Optional.of(id + "\n" + record + "\n" + signedHead(lie));
  }

  private String signedHead(Optional<SumDbLie> lie) {
    TreeHead head = log.head(headSize.orElse(served()));
    return switch (lie.orElse(null)) {
      case SumDbLie.Unsigned() ->
          sign(head.text(), SigningKey.generate("stranger.example.com", new SecureRandom()));
      case SumDbLie.WrongKey() ->
          sign(head.text(), SigningKey.generate(name(), new SecureRandom()));
      case SumDbLie.WrongRoot() -> sign(new TreeHead(head.size(), TlogHash.EMPTY_TREE).text(), key);
      case SumDbLie.LinesInHead(_, String lines) -> sign(head.text() + lines, key);
      case null, default -> sign(head.text(), key);
    };
  }

  private long served() {
    return servedSize.orElse(log.size());
  }

  private static String sign(String text, SigningKey key) {
    return SignedNote.unsigned(text).signedBy(key).toString();
  }

  private static String path(ModuleVersion module) {
    return "lookup/" + module.path().escaped() + "@" + module.escapedVersion();
  }
}
