// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import io.taskbound.digest.Base64Url;
import io.taskbound.status.StatusList;
import io.taskbound.status.StatusListToken;
import io.taskbound.token.LocalSigner;
import io.taskbound.token.SignerUnavailable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Builds and signs a status list of ten million entries, each of which is set with a chance of one half: the worst
 * case, because such bits cannot be compressed. Prints times and sizes, and how much of the time zlib alone takes.
 */
final class StatusListBench {
    private static final int ENTRIES = 10_000_000;
    private static final int WARM_UP = 3;
    private static final int ROUNDS = 9;
    private static final double MOST_SECONDS = 2;
    private static final int MOST_BYTES = 2_000_000;
    private static final String ISSUER = "https://tokens.acme.example";

    private StatusListBench() {}

    public static void main(String[] arguments) {
        var signer = LocalSigner.generate();
        var now = Instant.parse("2026-12-01T00:00:00Z");
        var half = bits(2);
        var sparse = bits(1000);
        Supplier<String> whole = () -> sign(half, ENTRIES, signer, now);
        Supplier<String> alone = () -> Base64Url.encode(deflated(half.toByteArray()));
        double built = seconds(whole);
        double floor = seconds(alone);
        int list = alone.get().length();
        int token = whole.get().length();
        print("built and signed, median of " + ROUNDS, "%.3f s", built);
        print("zlib and base64url alone", "%.3f s", floor);
        print("ratio", "%.2f", built / floor);
        print("raw bits", "%,.0f bytes", ENTRIES / 8.0);
        print("the list (lst)", "%,.0f bytes", list);
        int wire = packed(whole.get());
        print("as a JWT, whose payload is base64url once more", "%,.0f bytes", token);
        print("the JWT on the wire, for whoever takes gzip", "%,.0f bytes", wire);
        print(
                "as a JWT, one of 1,000 set",
                "%,.0f bytes",
                sign(sparse, ENTRIES, signer, now).length());
        print(
                "a list as it is published, 2^20 entries, half of them set",
                "%,.0f bytes",
                sign(half.get(0, StatusList.CAPACITY), StatusList.CAPACITY, signer, now)
                        .length());
        boolean held = built <= MOST_SECONDS && list <= MOST_BYTES && wire <= MOST_BYTES;
        System.out.println(held ? "held: within 2 s, the list under 2 MB, on the wire too" : "NOT held: 2 s, 2 MB");
        System.exit(held ? 0 : 1);
    }

    private static void print(String what, String format, double value) {
        System.out.println(String.format(Locale.ROOT, "%-60s " + format, what, value));
    }

    private static BitSet bits(int oneOf) {
        var random = new SplittableRandom(1);
        var bits = new BitSet(ENTRIES);
        for (int i = 0; i < ENTRIES; i++) {
            bits.set(i, random.nextInt(oneOf) == 0);
        }
        return bits;
    }

    private static String sign(BitSet bits, int entries, LocalSigner signer, Instant now) {
        try {
            return StatusListToken.sign(StatusList.of(bits, entries), ISSUER, ISSUER + "/status/498730.0", now, signer);
        } catch (SignerUnavailable inThisProcess) {
            throw new IllegalStateException(inThisProcess);
        }
    }

    private static int packed(String text) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return out.size();
    }

    private static byte[] deflated(byte[] bytes) {
        var deflater = new Deflater(Deflater.BEST_COMPRESSION);
        deflater.setInput(bytes);
        deflater.finish();
        var out = new byte[bytes.length + bytes.length / 8 + 1024];
        int length = deflater.deflate(out);
        deflater.end();
        return Arrays.copyOf(out, length);
    }

    private static double seconds(Supplier<String> work) {
        var times = new double[ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            long begun = System.nanoTime();
            if (work.get().isEmpty()) {
                throw new IllegalStateException("nothing was built");
            }
            if (round >= 0) {
                times[round] = (System.nanoTime() - begun) / 1e9;
            }
        }
        Arrays.sort(times);
        return times[ROUNDS / 2];
    }
}
