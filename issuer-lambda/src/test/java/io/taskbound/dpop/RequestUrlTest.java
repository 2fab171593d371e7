// SPDX-License-Identifier: Apache-2.0
package io.taskbound.dpop;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RequestUrlTest {
    @TestFactory
    Stream<DynamicTest> spellingsOfTheContract() {
        return Vectors.FILE.array("urls").orElseThrow().items().stream()
                .map(JsonObject.class::cast)
                .map(urls -> DynamicTest.dynamicTest(urls.string("a").orElseThrow(), () -> {
                    var first = RequestUrl.of(urls.string("a").orElseThrow()).orElseThrow();
                    var second = RequestUrl.of(urls.string("b").orElseThrow()).orElseThrow();
                    assertThat(first.equals(second))
                            .as("%s and %s", first, second)
                            .isEqualTo(urls.bool("same").orElseThrow());
                }));
    }

    @TestFactory
    Stream<DynamicTest> whatIsNoUrlOfARequest() {
        return Vectors.FILE.array("not_urls").orElseThrow().items().stream()
                .map(text -> ((JsonString) text).value())
                .map(text -> DynamicTest.dynamicTest(
                        "<" + text + ">", () -> assertThat(RequestUrl.of(text)).isEmpty()));
    }

    @Test
    void takesUrlsOf8KbAndNoLongerOnes() {
        var longest = "https://a.example/" + "x".repeat(8 * 1024 - 18);

        assertThat(RequestUrl.of(longest)).isPresent();
        assertThat(RequestUrl.of(longest + "x")).isEmpty();
    }
}
