package dev.modgate.gomod.zip;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.gomod.zip.ZipFault.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Finds names that fall together on a file system that ignores case, and names that are both file
/// and directory.
///
/// In folded order, with the slash before all else, whatever lies in one folder stands together; so
/// if two names clash, then so do two neighbours.
final class NameClashes {
  private final Entries entries;
  private final byte[] names;

  private record Clash(int number, ZipFault fault) {}

  /// Where one name is compared with another one.
  private record Element(int start, int end, boolean last) {}

  private NameClashes(Entries entries) {
    this.entries = entries;
    this.names = entries.names();
  }

  /// @param numbers of entries whose names break no rule by themselves; sorted on return
  static void find(Entries entries, int[] numbers, FaultList faults) {
    new NameClashes(entries).find(numbers, faults);
  }

  private void find(int[] numbers, FaultList faults) {
    EntryOrder.sort(numbers, this::compare);
    List<Clash> clashes = new ArrayList<>();
    for (int i = 1; i < numbers.length && clashes.size() <= FaultList.MAX_FAULTS; i++) {
      int one = Math.min(numbers[i - 1], numbers[i]);
      int other = Math.max(numbers[i - 1], numbers[i]);
      compareElements(one, other, clashes);
    }
    clashes.sort(Comparator.comparingInt(Clash::number));
    clashes.forEach(clash -> faults.add(clash.fault()));
  }

  private void compareElements(int one, int other, List<Clash> clashes) {
    Element a = element(one, entries.nameStart(one));
    Element b = element(other, entries.nameStart(other));
    while (compareFolded(a.start, a.end, b.start, b.end) == 0) {
      if (!Arrays.equals(names, a.start, a.end, names, b.start, b.end)) {
        clashes.add(clash(other, ": " + text(b) + " and " + text(a) + " differ in case alone"));
        return;
      }
      boolean aFolder = !a.last || isDirectory(one);
      boolean bFolder = !b.last || isDirectory(other);
      if (aFolder != bFolder) {
        clashes.add(clash(other, ": " + text(b) + " is both file and directory"));
        return;
      }
      if (!aFolder) {
        clashes.add(clash(other, " is in the zip more than once"));
        return;
      }
      if (a.last || b.last) {
        return;
      }
      a = element(one, a.end + 1);
      b = element(other, b.end + 1);
    }
  }

  private Clash clash(int number, String rest) {
    return new Clash(number, new ZipFault(Kind.DUPLICATE, entries.get(number).quoted() + rest));
  }

  private String text(Element e) {
    return Quoted.of(new String(names, e.start, e.end - e.start, StandardCharsets.UTF_8));
  }

  private Element element(int number, int start) {
    int stop = end(number);
    int end = start;
    while (end < stop && names[end] != '/') {
      end++;
    }
    return new Element(start, end, end == stop);
  }

  private boolean isDirectory(int number) {
    return names[entries.nameEnd(number) - 1] == '/';
  }

  /// Without the slash that makes it a directory.
  private int end(int number) {
    return entries.nameEnd(number) - (isDirectory(number) ? 1 : 0);
  }

  private int compare(int a, int b) {
    return compareFolded(entries.nameStart(a), end(a), entries.nameStart(b), end(b));
  }

  private int compareFolded(int a, int aEnd, int b, int bEnd) {
    int i = a;
    int j = b;
    while (i < aEnd && j < bEnd) {
      if ((names[i] | names[j]) < 0) {
        return compareCharacters(text(i, aEnd), text(j, bEnd));
      }
      int c = rank(Folding.fold(names[i++])) - rank(Folding.fold(names[j++]));
      if (c != 0) {
        return c;
      }
    }
    return Integer.compare(aEnd - i, bEnd - j);
  }

  private String text(int from, int to) {
    return new String(names, from, to - from, StandardCharsets.UTF_8);
  }

  private static int compareCharacters(String a, String b) {
    int[] as = a.codePoints().map(Folding::fold).map(NameClashes::rank).toArray();
    int[] bs = b.codePoints().map(Folding::fold).map(NameClashes::rank).toArray();
    return Arrays.compare(as, bs);
  }

  private static int rank(int c) {
    return c == '/' ? 0 : c;
  }
}
