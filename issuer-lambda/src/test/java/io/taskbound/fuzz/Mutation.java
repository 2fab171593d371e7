// SPDX-License-Identifier: Apache-2.0
package io.taskbound.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/** Makes of one input another, blindly: a few bytes changed, left out, said twice, or taken from a second input. */
final class Mutation {
    private static final byte[] SIGNS = "\"\\{}[]:,.%&=+-*/0eE\0\n\u00ff".getBytes(StandardCharsets.ISO_8859_1);

    private final SplittableRandom random;

    Mutation(long seed) {
        random = new SplittableRandom(seed);
    }

    byte[] of(byte[] input, List<byte[]> others) {
        var mutant = input;
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            mutant = changed(mutant, others.get(random.nextInt(others.size())));
        }
        return mutant;
    }

    private byte[] changed(byte[] input, byte[] other) {
        int from = random.nextInt(input.length + 1);
        int to = from + random.nextInt(Math.min(input.length - from, 32) + 1);
        return switch (random.nextInt(5)) {
            case 0 -> joined(input, from, new byte[] {sign()}, 0, 1, Math.min(from + 1, input.length));
            case 1 -> joined(input, from, new byte[] {(byte) random.nextInt(256)}, 0, 1, from);
            case 2 -> joined(input, from, input, 0, 0, to);
            case 3 -> joined(input, to, input, from, to - from, to);
            default -> {
                int start = random.nextInt(other.length + 1);
                yield joined(input, from, other, start, random.nextInt(other.length - start + 1), to);
            }
        };
    }

    private byte sign() {
        return SIGNS[random.nextInt(SIGNS.length)];
    }

    /** The input up to {@code from}, then some octets of another, then the input again from {@code to} on. */
    private static byte[] joined(byte[] input, int from, byte[] middle, int start, int length, int to) {
        var out = new ByteArrayOutputStream();
        out.write(input, 0, from);
        out.write(middle, start, length);
        out.write(input, to, input.length - to);
        return out.toByteArray();
    }
}
