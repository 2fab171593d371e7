// SPDX-License-Identifier: Apache-2.0
package io.taskbound.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskbound.json.JsonText;
import java.util.ArrayList;
import java.util.List;

/** Cuts events into as many calls of PutEvents as its limits ask for; their order stays. */
final class Batches {
    /** Of one call. */
    static final int MAX_EVENTS = 10;

    /** Of one call, counted as the API reference of PutEvents says; AWS has raised it since, and not everywhere. */
    static final int MAX_BYTES = 256 * 1024;

    private static final int BYTES_OF_THE_TIME = 14;

    private Batches() {}

    /** An event beyond the limit by itself is a batch of its own, for the bus to refuse: none is left out. */
    static List<List<TokenEvent>> of(List<TokenEvent> events) {
        var batches = new ArrayList<List<TokenEvent>>();
        var batch = new ArrayList<TokenEvent>();
        int bytes = 0;
        for (var event : events) {
            int more = bytes(event);
            if (!batch.isEmpty() && (batch.size() == MAX_EVENTS || bytes + more > MAX_BYTES)) {
                batches.add(List.copyOf(batch));
                batch.clear();
                bytes = 0;
            }
            batch.add(event);
            bytes += more;
        }
        if (!batch.isEmpty()) {
            batches.add(List.copyOf(batch));
        }
        return batches;
    }

    static int bytes(TokenEvent event) {
        return BYTES_OF_THE_TIME
                + TokenEvent.SOURCE.length()
                + event.kind().detailType().length()
                + JsonText.of(event.detail()).getBytes(UTF_8).length;
    }
}
