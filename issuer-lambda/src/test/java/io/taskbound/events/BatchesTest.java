// SPDX-License-Identifier: Apache-2.0
package io.taskbound.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {
    private static TokenEvent event(String text) {
        return new TokenEvent(
                EventKind.ENDED,
                Instant.EPOCH,
                JsonObject.builder().put("text", text).build());
    }

    private static List<Integer> sizes(List<TokenEvent> events) {
        return Batches.of(events).stream().map(List::size).toList();
    }

    @Test
    void tenAtATimeInTheirOrder() {
        var events = IntStream.range(0, 25).mapToObj(i -> event("" + i)).toList();
        assertThat(sizes(events)).containsExactly(10, 10, 5);
        assertThat(Batches.of(events).stream().flatMap(List::stream)).containsExactlyElementsOf(events);
        assertThat(sizes(events.subList(0, 10))).containsExactly(10);
        assertThat(Batches.of(List.of())).isEmpty();
    }

    /** Source, type, time and the bytes of the text, which are more than its characters. */
    @Test
    void asManyBytesAsOneCallMayHaveAndNotOneMore() {
        int empty = Batches.bytes(event(""));
        assertThat(empty)
                .isEqualTo(14 + "taskbound".length() + "Task Token Ended".length() + "{\"text\":\"\"}".length());
        var half = event("ü".repeat((Batches.MAX_BYTES / 2 - empty) / 2));
        assertThat(Batches.bytes(half)).isBetween(Batches.MAX_BYTES / 2 - 1, Batches.MAX_BYTES / 2);
        assertThat(sizes(List.of(half, half))).containsExactly(2);
        assertThat(sizes(List.of(half, half, event("")))).containsExactly(2, 1);
    }

    /** For the bus to refuse: what is left out in silence is lost. */
    @Test
    void oneThatIsTooLargeIsStillHandedOver() {
        var large = event("x".repeat(Batches.MAX_BYTES));
        assertThat(sizes(List.of(event(""), large, event("")))).containsExactly(1, 1, 1);
    }

    /** The longest line that the audit log can have stays far below: text is cut at 256 characters there. */
    @Test
    void anEventOfTheLongestLineIsSmall() {
        var line = new HashMap<String, JsonValue>();
        TokenEvent.FIELDS.forEach(name -> line.put(name, new JsonString("\u0000".repeat(257))));
        line.put("time", new JsonString("2026-12-01T10:00:00Z"));
        line.put("event", new JsonString("ended"));
        line.put("result", new JsonString("ended"));

        var event = TokenEvent.of(new JsonObject(line), "https://tokens.acme.example");
        assertThat(Batches.bytes(event.orElseThrow()) * Batches.MAX_EVENTS).isLessThan(2 * Batches.MAX_BYTES);
        assertThat(Batches.bytes(event.orElseThrow())).isLessThan(Batches.MAX_BYTES / 5);
    }
}
