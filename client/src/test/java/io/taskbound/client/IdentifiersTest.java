// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The identifiers of contract/identifiers.json, which every client and the issuer read. */
class IdentifiersTest {
    private static final Pattern REPEATED = Pattern.compile("\\{(\\d+)}$");

    static Stream<String> valid() throws Exception {
        return items("valid").map(item -> spelledOut((String) item));
    }

    static Stream<Map<?, ?>> invalid() throws Exception {
        return items("invalid").map(Map.class::cast);
    }

    private static Stream<?> items(String member) throws Exception {
        var text = Files.readString(Path.of("..", "contract", "identifiers.json"));
        return ((List<?>) JSONObjectUtils.parse(text).get(member)).stream();
    }

    private static String spelledOut(String text) {
        return REPEATED.matcher(text).replaceAll(count -> "a".repeat(Integer.parseInt(count.group(1))));
    }

    @ParameterizedTest
    @MethodSource
    void valid(String text) {
        assertThat(TaskDetail.of("sign-release", "sign", text).identifier()).isEqualTo(text);
    }

    @ParameterizedTest
    @MethodSource
    void invalid(Map<?, ?> vector) {
        assertThatThrownBy(() -> TaskDetail.of("sign-release", "sign", spelledOut((String) vector.get("text"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("identifier " + vector.get("fault"));
    }
}
