// SPDX-License-Identifier: Apache-2.0
package io.taskbound.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IndexPermutationTest {
    private static byte[] key(long seed) {
        var key = new byte[IndexPermutation.KEY_BYTES];
        new SplittableRandom(seed).nextBytes(key);
        return key;
    }

    @Test
    void everyTokenOfAListGetsAnIndexOfItsOwn() {
        var permutation = new IndexPermutation(key(1));
        var seen = new BitSet();
        for (int count = 0; count < StatusList.CAPACITY; count++) {
            seen.set(permutation.apply(count));
        }
        assertThat(seen.cardinality()).isEqualTo(StatusList.CAPACITY);
        assertThat(seen.length()).isEqualTo(StatusList.CAPACITY);
    }

    /** Of tokens minted one after the other, the distance in the list is what chance makes it. */
    @Test
    void neighboursInTimeAreNoNeighboursInTheList() {
        var permutation = new IndexPermutation(key(2));
        int close = 0;
        long sum = 0;
        int tokens = 100_000;
        for (int count = 1; count <= tokens; count++) {
            int distance = Math.abs(permutation.apply(count) - permutation.apply(count - 1));
            close += distance <= 1024 ? 1 : 0;
            sum += distance;
        }
        // Two places out of 2^20 are within 1,024 of each other with a chance of 0.2 %, and a third of it apart.
        assertThat(close).isBetween(tokens / 1000, tokens / 333);
        assertThat(sum / tokens).isBetween((long) (StatusList.CAPACITY * 0.32), (long) (StatusList.CAPACITY * 0.35));
    }

    @Test
    void anotherKeyIsAnotherOrder() {
        var one = new IndexPermutation(key(3));
        var other = new IndexPermutation(key(4));
        int same = 0;
        for (int count = 0; count < 1000; count++) {
            same += one.apply(count) == other.apply(count) ? 1 : 0;
        }
        assertThat(same).isLessThan(3);
    }

    @Test
    void refusesWhatIsBeyondTheListAndKeysOfAnotherLength() {
        var permutation = new IndexPermutation(key(5));
        assertThatThrownBy(() -> permutation.apply(StatusList.CAPACITY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> permutation.apply(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new IndexPermutation(new byte[15])).isInstanceOf(IllegalArgumentException.class);
    }
}
