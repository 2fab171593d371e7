// SPDX-License-Identifier: Apache-2.0
package io.taskbound.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import io.taskbound.json.StrictJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The identifiers of contract/identifiers.json, which clients read too. */
class IdentifierContractTest {
    private static final Pattern REPEATED = Pattern.compile("\\{(\\d+)}");

    static Stream<String> valid() throws Exception {
        return items("valid").map(item -> spelledOut(((JsonString) item).value()));
    }

    static Stream<Arguments> invalid() throws Exception {
        return items("invalid")
                .map(JsonObject.class::cast)
                .map(item -> Arguments.of(
                        spelledOut(item.string("text").orElseThrow()),
                        item.string("fault").orElseThrow()));
    }

    private static Stream<JsonValue> items(String member) throws Exception {
        var root = Path.of(
                Optional.ofNullable(System.getProperty("taskbound.root")).orElse(".."));
        var file = StrictJson.parseObject(Files.readAllBytes(root.resolve("contract/identifiers.json")));
        return file.array(member).orElse(JsonArray.EMPTY).items().stream();
    }

    private static String spelledOut(String text) {
        return REPEATED.matcher(text).replaceAll(count -> "a".repeat(Integer.parseInt(count.group(1))));
    }

    @ParameterizedTest
    @MethodSource
    void valid(String text) {
        assertThat(Identifier.of(text)).isPresent();
    }

    @ParameterizedTest
    @MethodSource
    void invalid(String text, String fault) {
        assertThat(Identifier.of(text)).isEmpty();
        assertThat(Identifier.fault(text)).contains(fault);
    }
}
