// SPDX-License-Identifier: Apache-2.0
package io.taskbound.status;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Puts the tokens of a list, which are counted, into an order that only the holder of the key knows, so that neither a
 * token's index nor its neighbours in the list tell when it was minted, or how many were.
 *
 * <p>A Feistel network is a permutation whatever its round function is: no two tokens get one index, and none leaves
 * the list. Its rounds are HMAC-SHA-256 under the list's own key, cut to half an index; there are {@value #ROUNDS}, as
 * in NIST's FF1, since the halves are small. It hides an order from people who read a public list. It keeps no secret
 * that anything else depends on: whoever knew the key could only count tokens.
 */
public final class IndexPermutation {
    public static final int KEY_BYTES = 16;

    private static final int ROUNDS = 10;
    private static final int HALF_BITS = 10;
    private static final int HALF = (1 << HALF_BITS) - 1;

    private final Mac mac;

    /** @param key of {@value #KEY_BYTES} random bytes, of one list alone */
    public IndexPermutation(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("the key has another length");
        }
        try {
            this.mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /**
     * The index of the token that was the {@code count}th of its list, counted from 0. Not for use by several threads.
     */
    public int apply(int count) {
        if (count < 0 || count >= StatusList.CAPACITY) {
            throw new IllegalArgumentException("beyond the list");
        }
        int left = count >>> HALF_BITS;
        int right = count & HALF;
        for (int round = 0; round < ROUNDS; round++) {
            int next = left ^ half(round, right);
            left = right;
            right = next;
        }
        return (left << HALF_BITS) | right;
    }

    private int half(int round, int value) {
        var digest = mac.doFinal(new byte[] {(byte) round, (byte) (value >>> 8), (byte) value});
        return ((digest[0] & 0xff) | ((digest[1] & 0xff) << 8)) & HALF;
    }
}
