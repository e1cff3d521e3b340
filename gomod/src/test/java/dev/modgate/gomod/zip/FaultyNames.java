package dev.modgate.gomod.zip;

import static dev.modgate.gomod.zip.FaultZips.PREFIX;
import static dev.modgate.gomod.zip.FaultZips.zip;

import dev.modgate.gomod.zip.OddZip.Item;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/// What entries are named.
final class FaultyNames {
  private final Map<String, byte[]> zips;

  private FaultyNames(Map<String, byte[]> zips) {
    this.zips = zips;
  }

  static void add(Map<String, byte[]> zips) {
    var names = new FaultyNames(zips);
    names.addPrefixes();
    names.addCharacters();
    names.addElements();
    names.addClashes();
    names.addGoMods();
  }

  private void put(String name, String... entries) {
    zips.put(
        "bad/" + name,
        zip(Arrays.stream(entries).map(entry -> OddZip.stored(entry, "")).toArray(Item[]::new)));
  }

  private void putBelow(String name, String... files) {
    put(name, Arrays.stream(files).map(file -> PREFIX + file).toArray(String[]::new));
  }

  private void addPrefixes() {
    put("name-of-another-version", "example.com/m@v1.0.1/a.go");
    put("name-of-another-module", "example.com/n@v1.0.0/a.go");
    put("name-without-the-module", "a.go");
    put("name-in-another-case", "example.com/M@v1.0.0/a.go");
    put("name-absolute", "/example.com/m@v1.0.0/a.go");
    put("name-of-a-drive", "C:/a.go");
    put("name-that-is-the-prefix-without-its-slash", "example.com/m@v1.0.0");
    put("name-empty", "");
  }

  private void addCharacters() {
    Item latin = OddZip.stored(PREFIX + "\u00e9.go", "");
    latin.charset = StandardCharsets.ISO_8859_1;
    zips.put("bad/name-not-utf8", zip(latin));
    Item surrogate = OddZip.stored(PREFIX + "\u00ed\u00a0\u0080.go", "");
    surrogate.charset = StandardCharsets.ISO_8859_1;
    zips.put("bad/name-with-a-surrogate", zip(surrogate));
    Item overlong = OddZip.stored(PREFIX + "\u00c0\u00ae\u00c0\u00ae/a.go", "");
    overlong.charset = StandardCharsets.ISO_8859_1;
    zips.put("bad/name-with-overlong-dots", zip(overlong));
    putBelow("name-with-nul", "a.go\0.txt");
    putBelow("name-with-line-feed", "a\nb.go");
    putBelow("name-with-backslash", "a\\..\\b.go");
    putBelow("name-with-colon", "a.go:stream");
    putBelow("name-with-asterisk", "a*.go");
    putBelow("name-with-escape-sequence", "\u001b[2J.go");
    putBelow("name-with-a-mark-that-turns-the-line", "a\u202eog.go");
    putBelow("name-with-emoji", "\ud83d\ude00.go");
    putBelow("name-with-a-combining-mark", "e\u0301.go");
    putBelow("name-with-a-letter-that-go-does-not-know", "\ud801\uddc0.go");
  }

  private void addElements() {
    putBelow("name-that-goes-up", "../a.go");
    putBelow("name-that-goes-up-within", "a/../b.go");
    putBelow("name-with-a-dot-for-an-element", "./a.go");
    putBelow("name-absolute-behind-the-prefix", "/etc/passwd");
    putBelow("name-with-two-slashes", "a//b.go");
    putBelow("name-with-two-slashes-at-its-end", "a//");
    putBelow("name-that-ends-in-a-dot", "a.");
    putBelow("name-of-a-device", "aux");
    putBelow("name-of-a-device-with-an-ending", "a/Com1.tar.gz");
  }

  private void addClashes() {
    putBelow("same-name-twice", "a.go", "a.go");
    putBelow("names-that-differ-in-case", "a.go", "A.go");
    putBelow("folders-that-differ-in-case", "a/b.go", "A/c.go");
    putBelow("names-that-differ-in-case-beyond-ascii", "k.go", "\u212a.go");
    putBelow("file-that-is-a-folder-too", "a", "a/b.go");
    putBelow("folder-that-is-a-file-too", "a/b.go", "a");
    Item directory = RightZips.directory("a/");
    zips.put("bad/file-that-is-a-directory-too", zip(OddZip.stored(PREFIX + "a", ""), directory));
  }

  private void addGoMods() {
    putBelow("go-mod-in-a-folder", "sub/go.mod");
    putBelow("go-mod-in-a-folder-in-upper-case", "sub/GO.MOD");
    zips.put(
        "bad/go-mod-in-upper-case", new OddZip().add(OddZip.stored(PREFIX + "GO.MOD", "")).bytes());
    putBelow("go-mod-in-the-vendor-folder", "vendor/example.com/x/go.mod");
  }
}
