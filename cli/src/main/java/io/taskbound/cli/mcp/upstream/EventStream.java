// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.upstream;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The data of server-sent events, one after the other; their names and ids are of no use here. */
final class EventStream {
    private static final byte[] DATA = "data:".getBytes(StandardCharsets.US_ASCII);

    private final InputStream in;
    private final int limit;
    private boolean afterReturn;

    /** @param limit for one event, in bytes */
    EventStream(InputStream in, int limit) {
        this.in = new BufferedInputStream(in);
        this.limit = limit;
    }

    /** The next that has data; empty at the end of the stream, where an unfinished one is dropped. */
    Optional<byte[]> next() throws IOException {
        var data = new ByteArrayOutputStream();
        boolean any = false;
        for (var line = line(); line.isPresent(); line = line()) {
            var text = line.get();
            if (text.length == 0) {
                if (any) {
                    return Optional.of(data.toByteArray());
                }
            } else if (startsWithData(text)) {
                if (any) {
                    data.write('\n');
                }
                any = true;
                int start = text.length > DATA.length && text[DATA.length] == ' ' ? DATA.length + 1 : DATA.length;
                data.write(text, start, text.length - start);
                if (data.size() > limit) {
                    throw new IOException("an event is longer than " + limit + " bytes");
                }
            }
        }
        return Optional.empty();
    }

    private static boolean startsWithData(byte[] line) {
        if (line.length < DATA.length) {
            return false;
        }
        for (int i = 0; i < DATA.length; i++) {
            if (line[i] != DATA[i]) {
                return false;
            }
        }
        return true;
    }

    /** Ends with CR, LF or both. */
    private Optional<byte[]> line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0; c = in.read()) {
            boolean second = afterReturn && c == '\n';
            afterReturn = c == '\r';
            if (second) {
                continue;
            }
            if (c == '\n' || c == '\r') {
                return Optional.of(line.toByteArray());
            }
            line.write(c);
            if (line.size() > limit) {
                throw new IOException("an event is longer than " + limit + " bytes");
            }
        }
        return Optional.empty();
    }
}
