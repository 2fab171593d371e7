// SPDX-License-Identifier: Apache-2.0
package io.taskbound.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.json.JsonText;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LogDeliveryTest {
    @Test
    void readsTheLinesThatAreObjectsInTheirOrder() throws Exception {
        var delivery = Delivery.of(List.of("{\"a\":1}", "START RequestId: 1", "[1]", "", "{\"b\":", "{\"a\":2}"));
        assertThat(LogDelivery.read(delivery).lines()).map(JsonText::of).containsExactly("{\"a\":1}", "{\"a\":2}");
    }

    /** CloudWatch Logs sends it to find out whether the function is there. */
    @Test
    void aControlMessageHasNoLines() throws Exception {
        var control = Delivery.packed(JsonText.of(
                Delivery.message("CONTROL_MESSAGE", List.of("{\"event\":\"ended\",\"result\":\"ended\"}"))));
        assertThat(LogDelivery.read(control).lines()).isEmpty();
    }

    static Stream<Named<byte[]>> others() {
        var message = JsonText.of(Delivery.message("DATA_MESSAGE", List.of("{\"secret\":\"s3cret\"}")));
        var zipped = Delivery.zipped(message.getBytes(UTF_8));
        return Stream.of(
                Named.of("nothing", new byte[0]),
                Named.of("no JSON", "s3cret".getBytes(UTF_8)),
                Named.of("another service's event", "{\"Records\":[]}".getBytes(UTF_8)),
                Named.of("data that is no text", "{\"awslogs\":{\"data\":7}}".getBytes(UTF_8)),
                Named.of("no base64", Delivery.wrapped("s3cret!")),
                Named.of(
                        "not compressed",
                        Delivery.wrapped(Base64.getEncoder().encodeToString(message.getBytes(UTF_8)))),
                Named.of(
                        "cut off",
                        Delivery.wrapped(
                                Base64.getEncoder().encodeToString(Arrays.copyOf(zipped, zipped.length - 12)))),
                Named.of("no message", Delivery.packed("s3cret")),
                Named.of("no log events", Delivery.packed("{\"messageType\":\"DATA_MESSAGE\"}")),
                Named.of(
                        "a log event that is none",
                        Delivery.packed("{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":[\"s3cret\"]}")),
                Named.of(
                        "too much when unpacked",
                        Delivery.wrapped(
                                Base64.getEncoder().encodeToString(Delivery.zipped(new byte[33 * 1024 * 1024])))));
    }

    @ParameterizedTest
    @MethodSource("others")
    void refusesWhatIsNoDeliveryWithoutRepeatingIt(byte[] invocation) {
        assertThatThrownBy(() -> LogDelivery.read(invocation))
                .isInstanceOf(Undeliverable.class)
                .hasMessageStartingWith("this is not a delivery of CloudWatch Logs: ")
                .message()
                .doesNotContain("s3cret");
    }
}
