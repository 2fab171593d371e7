// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.inject;

import io.taskbound.client.TaskToken;
import io.taskbound.client.step.TokenMasks;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps a token out of answers that repeat it, as debugging pages do: the token, its signature, without which the rest
 * opens nothing, and what base64 makes of it. Each is overwritten by asterisks, so that lengths stay. A service that
 * repeats it in another form is not caught. Immutable.
 */
final class EchoMask {
    private static final int PIECE = 16 * 1024;
    /** A shorter one would occur by chance; that of ES256 has 86 characters. */
    private static final int MIN_SIGNATURE = 32;

    /** The longest first. */
    private final List<byte[]> forms;

    private final boolean[] begins = new boolean[256];

    EchoMask(TaskToken token) {
        var text = token.reveal();
        var signature = text.substring(text.lastIndexOf('.') + 1);
        this.forms = Stream.concat(
                        // Shorter forms are parts that all tokens of an issuer share, or lines of wrapped base64.
                        TokenMasks.of(token).stream().filter(form -> form.length() >= text.length()),
                        Stream.of(signature).filter(part -> part.length() >= MIN_SIGNATURE))
                .distinct()
                .map(form -> form.getBytes(StandardCharsets.ISO_8859_1))
                .sorted(Comparator.comparingInt((byte[] form) -> form.length).reversed())
                .toList();
        forms.forEach(form -> begins[form[0] & 0xff] = true);
    }

    /** Whether a header's value holds it. */
    boolean isIn(String value) {
        return forms.stream().anyMatch(form -> value.contains(new String(form, StandardCharsets.ISO_8859_1)));
    }

    /**
     * Copies until the end, each piece as soon as it is there; only what may be the beginning of a token waits for what
     * follows.
     *
     * @param progress called after each piece
     */
    void copy(InputStream in, OutputStream out, Runnable progress) throws IOException {
        var buffer = new byte[forms.get(0).length + PIECE];
        int held = 0;
        for (int read = in.read(buffer, held, PIECE); read >= 0; read = in.read(buffer, held, PIECE)) {
            int end = held + read;
            int settled = mask(buffer, end);
            out.write(buffer, 0, settled);
            out.flush();
            held = end - settled;
            System.arraycopy(buffer, settled, buffer, 0, held);
            progress.run();
        }
        out.write(buffer, 0, held);
        out.flush();
    }

    /** Overwrites whole forms; how many octets from the start can no longer become part of one. */
    private int mask(byte[] buffer, int end) {
        int at = 0;
        while (at < end) {
            if (!begins[buffer[at] & 0xff]) {
                at++;
                continue;
            }
            int length = whole(buffer, at, end);
            if (length == 0 && mayBegin(buffer, at, end)) {
                return at;
            }
            Arrays.fill(buffer, at, at + length, (byte) '*');
            at += Math.max(1, length);
        }
        return at;
    }

    /** The length of the form that stands there; 0 for none. */
    private int whole(byte[] buffer, int at, int end) {
        for (var form : forms) {
            if (form.length <= end - at && Arrays.equals(buffer, at, at + form.length, form, 0, form.length)) {
                return form.length;
            }
        }
        return 0;
    }

    private boolean mayBegin(byte[] buffer, int at, int end) {
        int there = end - at;
        return forms.stream().anyMatch(form -> there < form.length && Arrays.equals(buffer, at, end, form, 0, there));
    }

    @Override
    public String toString() {
        return "EchoMask[secret]";
    }
}
