// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import java.math.BigInteger;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * RSA keys whose private half can be computed from the public one (ROCA, CVE-2017-15361): a library of smart cards and
 * TPMs made its primes as {@code k * M + 65537^a mod M}, with M the product of the first primes. Such a modulus is a
 * power of 65537 modulo each of these primes; of other keys, fewer than one in 2^150 is.
 */
final class RocaFingerprint {
    private static final int GENERATOR = 65537;
    /** In M at every length of key; larger ones only at some. */
    private static final int[] PRIMES = {
        3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109,
        113, 127, 131, 137, 139, 149, 151, 157, 163, 167
    };

    private static final Map<Integer, BitSet> POWERS = powers();

    private RocaFingerprint() {}

    static boolean isOn(BigInteger modulus) {
        return POWERS.entrySet().stream()
                .allMatch(prime -> prime.getValue()
                        .get(modulus.mod(BigInteger.valueOf(prime.getKey())).intValue()));
    }

    private static Map<Integer, BitSet> powers() {
        var powers = new LinkedHashMap<Integer, BitSet>();
        for (int prime : PRIMES) {
            var seen = new BitSet(prime);
            for (int power = 1; !seen.get(power); power = power * (GENERATOR % prime) % prime) {
                seen.set(power);
            }
            powers.put(prime, seen);
        }
        return powers;
    }
}
