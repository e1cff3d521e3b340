package dev.modgate.gomod.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TreeNodeTest {
  @Test
  void findsTheNodeOfEveryStoredIndex() {
    for (int level = 0; level < 10; level++) {
      for (long number = 0; number < 100; number++) {
        var node = new TreeNode(level, number);

        assertThat(TreeNode.ofStoredIndex(node.storedIndex())).isEqualTo(node);
      }
    }
    for (long index = 0; index < 5_000; index++) {
      assertThat(TreeNode.ofStoredIndex(index).storedIndex()).isEqualTo(index);
    }
  }

  @Test
  void storesEachNodeAsSoonAsItsLastRecordIsThere() {
    assertThat(new TreeNode(0, 0).storedIndex()).isEqualTo(0);
    assertThat(new TreeNode(0, 1).storedIndex()).isEqualTo(1);
    assertThat(new TreeNode(1, 0).storedIndex()).isEqualTo(2);
    assertThat(new TreeNode(2, 0).storedIndex()).isEqualTo(6);
    assertThat(new TreeNode(0, 4).storedIndex()).isEqualTo(7);
    assertThat(TreeNode.storedCount(4)).isEqualTo(7);
  }

  @Test
  void countsUpToTheLargestTree() {
    var last = new TreeNode(0, TreeHead.MAX_SIZE - 1);
    var root = new TreeNode(62, 0);

    assertThat(TreeNode.ofStoredIndex(last.storedIndex())).isEqualTo(last);
    assertThat(TreeNode.ofStoredIndex(root.storedIndex())).isEqualTo(root);
    assertThat(TreeNode.storedCount(TreeHead.MAX_SIZE)).isEqualTo(root.storedIndex() + 1);
    var random = new Random(3);
    for (int i = 0; i < 1_000; i++) {
      int level = random.nextInt(63);
      var node = new TreeNode(level, random.nextLong(TreeHead.MAX_SIZE >> level));

      assertThat(TreeNode.ofStoredIndex(node.storedIndex())).isEqualTo(node);
    }
  }

  @Test
  void refusesNodesThatNoTreeHas() {
    assertThatIllegalArgumentException().isThrownBy(() -> new TreeNode(-1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new TreeNode(63, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new TreeNode(0, -1));
    assertThatIllegalArgumentException().isThrownBy(() -> new TreeNode(62, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> TreeNode.ofStoredIndex(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> TreeNode.ofStoredIndex(Long.MAX_VALUE));
  }
}
