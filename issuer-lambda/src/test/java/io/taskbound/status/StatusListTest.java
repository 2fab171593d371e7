// SPDX-License-Identifier: Apache-2.0
package io.taskbound.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.json.JsonNumber;
import io.taskbound.json.JsonObject;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vectors of contract/status-list.json, among them the draft's own example. */
class StatusListTest {
    static Stream<JsonObject> cases() throws IOException, MalformedJson {
        var file = Path.of(System.getProperty("taskbound.root"), "contract", "status-list.json");
        return StrictJson.parseObject(Files.readAllBytes(file)).array("cases").orElseThrow().items().stream()
                .map(JsonObject.class::cast);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isWrittenAsTheVectorsSay(JsonObject vector) {
        var ended = new BitSet();
        vector.array("ended")
                .orElseThrow()
                .items()
                .forEach(index ->
                        ended.set((int) ((JsonNumber) index).wholeNumber().orElseThrow()));
        int entries = (int) vector.wholeNumber("entries").orElseThrow();

        var json = StatusList.of(ended, entries).json();

        assertThat(json.wholeNumber("bits")).hasValue(1);
        assertThat(json.string("lst")).isEqualTo(vector.string("lst"));
    }

    @Test
    void refusesAnEntryBeyondTheList() {
        var ended = new BitSet();
        ended.set(16);
        assertThatThrownBy(() -> StatusList.of(ended, 16)).isInstanceOf(IllegalArgumentException.class);
    }
}
