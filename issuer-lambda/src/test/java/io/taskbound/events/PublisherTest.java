// SPDX-License-Identifier: Apache-2.0
package io.taskbound.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PublisherTest {
    private final List<List<String>> asked = new ArrayList<>();
    private final ArrayDeque<List<String>> refusing = new ArrayDeque<>();
    private final List<Duration> pauses = new ArrayList<>();
    private Optional<IOException> unreachable = Optional.empty();

    private final Publisher publisher = new Publisher(this::put, "https://tokens.acme.example", pauses::add);

    /** What is told to be refused next is refused; "*" refuses everything always. */
    private List<Optional<String>> put(List<TokenEvent> batch) throws IOException {
        var names = batch.stream()
                .map(event -> event.detail().string("jti").orElseThrow())
                .toList();
        asked.add(names);
        if (unreachable.isPresent()) {
            throw unreachable.get();
        }
        var refused = refusing.isEmpty() ? List.<String>of() : refusing.poll();
        return names.stream()
                .map(name -> refused.contains(name) ? Optional.of("ThrottlingException") : Optional.<String>empty())
                .toList();
    }

    private static byte[] delivery(int from, int to) {
        return Delivery.of(IntStream.range(from, to)
                .mapToObj(i -> JsonText.of(JsonObject.builder()
                        .put("time", "2026-12-01T10:00:00Z")
                        .put("request_id", "R" + i)
                        .put("event", "ended")
                        .put("jti", "t" + i)
                        .put("result", "ended")
                        .build()))
                .toList());
    }

    @Test
    void handsOverEachEventOnce() throws Exception {
        assertThat(publisher.publish(delivery(0, 12))).isEqualTo(12);
        assertThat(asked).hasSize(2);
        assertThat(asked.get(1)).containsExactly("t10", "t11");
        assertThat(pauses).isEmpty();
    }

    @Test
    void asksNobodyWhereThereIsNothingToTell() throws Exception {
        assertThat(publisher.publish(Delivery.of(List.of("{\"event\":\"redeem\",\"result\":\"active\"}"))))
                .isZero();
        assertThat(asked).isEmpty();
    }

    @Test
    void triesAgainWhatWasRefusedAndNothingElse() throws Exception {
        refusing.add(List.of("t1", "t3"));
        refusing.add(List.of("t3"));
        assertThat(publisher.publish(delivery(0, 5))).isEqualTo(5);
        assertThat(asked).containsExactly(List.of("t0", "t1", "t2", "t3", "t4"), List.of("t1", "t3"), List.of("t3"));
        assertThat(pauses).containsExactly(Duration.ofMillis(200), Duration.ofMillis(400));
    }

    /** The other batches are published; then the delivery fails as a whole, to be made again. */
    @Test
    void failsForOneEventThatIsRefusedEachTimeAfterItHasPublishedTheOthers() {
        for (int attempt = 0; attempt < Publisher.ATTEMPTS; attempt++) {
            refusing.add(List.of("t9"));
        }
        assertThatThrownBy(() -> publisher.publish(delivery(0, 12)))
                .isInstanceOf(Undeliverable.class)
                .hasMessage("1 of 12 events were not accepted: [ThrottlingException]");
        assertThat(asked).hasSize(4).last().isEqualTo(List.of("t10", "t11"));
    }

    /** A bus that throttles for long would else take the function's time, and the reason would be in no log. */
    @Test
    void triesEachBatchOnceWhenOneHasFailed() {
        for (int attempt = 0; attempt < Publisher.ATTEMPTS; attempt++) {
            refusing.add(List.of("t9"));
        }
        refusing.add(List.of("t12"));
        assertThatThrownBy(() -> publisher.publish(delivery(0, 25)))
                .hasMessage("2 of 25 events were not accepted: [ThrottlingException]");
        assertThat(asked).extracting(List::size).containsExactly(10, 1, 1, 10, 5);
        assertThat(pauses).hasSize(2);
    }

    /** Bounded: whoever is away for one batch is not asked a thousand times. */
    @Test
    void givesUpOnABusThatDoesNotAnswer() {
        unreachable = Optional.of(new IOException("timed out"));
        assertThatThrownBy(() -> publisher.publish(delivery(0, 1_000)))
                .isInstanceOf(Undeliverable.class)
                .hasMessage("the event bus is out of reach: timed out");
        assertThat(asked).hasSize(Publisher.ATTEMPTS);
    }

    @Test
    void oneThatAnswersAgainGetsEverything() throws Exception {
        unreachable = Optional.of(new IOException("timed out"));
        var recovering =
                new Publisher(this::put, "https://tokens.acme.example", pause -> unreachable = Optional.empty());
        assertThat(recovering.publish(delivery(0, 3))).isEqualTo(3);
        assertThat(asked).hasSize(2).last().isEqualTo(List.of("t0", "t1", "t2"));
    }

    @Test
    void aDeliveryThatCannotBeReadFails() {
        assertThatThrownBy(() -> publisher.publish(new byte[0])).isInstanceOf(Undeliverable.class);
        assertThat(asked).isEmpty();
    }
}
