// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Server-sent events as the standard has them: every line end, comments, fields that are of no use here. */
class EventStreamTest {
    private static final int LIMIT = 64;

    private static List<String> read(String text) throws IOException {
        var events = new EventStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), LIMIT);
        var read = new ArrayList<String>();
        for (var event = events.next(); event.isPresent(); event = events.next()) {
            read.add(new String(event.get(), StandardCharsets.UTF_8));
        }
        return read;
    }

    @Test
    void readsTheDataOfEachEvent() throws Exception {
        assertThat(read("data: a\n\ndata:b\r\n\r\nevent: x\rdata:  c\r\rid: 7\n\n: hello\ndata\ndata: d\ndata: e\n\n"))
                .containsExactly("a", "b", " c", "d\ne");
    }

    @Test
    void anUnfinishedEventIsDropped() throws Exception {
        assertThat(read("data: a\n\ndata: b\n")).containsExactly("a");
    }

    @Test
    void anEndlessEventIsCutOff() {
        assertThatIOException().isThrownBy(() -> read("data: " + "x".repeat(LIMIT)));
        assertThatIOException().isThrownBy(() -> read("data: 1234567890\n".repeat(7)));
    }
}
