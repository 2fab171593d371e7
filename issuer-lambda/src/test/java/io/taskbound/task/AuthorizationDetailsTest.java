// SPDX-License-Identifier: Apache-2.0
package io.taskbound.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.json.JsonText;
import io.taskbound.task.AuthorizationDetails.Read;
import io.taskbound.task.AuthorizationDetails.Unreadable;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationDetailsTest {
    private static final String ONE = "{\"type\":\"task\",\"task\":\"sign-release\",\"actions\":[\"sign\"],"
            + "\"locations\":[\"https://signer.acme.example\"],\"identifier\":\"artifact:a\"}";

    @Test
    void readsOneTaskWithItsObjects() {
        var parsed = AuthorizationDetails.parse(
                "[" + ONE + ",{\"type\":\"task\",\"task\":\"sign-release\",\"identifier\":\"artifact:b\"}]");

        assertThat(parsed)
                .isEqualTo(new Read(
                        new TaskName("sign-release"),
                        List.of(
                                new RequestedPermission(
                                        actions("sign"),
                                        Optional.of("https://signer.acme.example"),
                                        new Identifier("artifact:a")),
                                new RequestedPermission(actions(), Optional.empty(), new Identifier("artifact:b")))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "[1]",
                "[[]]",
                "[null]",
                "[{}]",
                "[{\"type\":\"task\"}]",
                "[{\"type\":\"payment\",\"task\":\"t\",\"identifier\":\"i\"}]",
                "[{\"type\":\"Task\",\"task\":\"t\",\"identifier\":\"i\"}]",
                "[{\"task\":\"t\",\"identifier\":\"i\"}]",
                "[{\"type\":\"task\",\"task\":\"T\",\"identifier\":\"i\"}]",
                "[{\"type\":\"task\",\"task\":1,\"identifier\":\"i\"}]",
                "[{\"type\":\"task\",\"task\":\"t\",\"identifier\":\"i*\"}]",
                "[{\"type\":\"task\",\"task\":\"t\",\"identifier\":[\"i\"]}]",
                "[{\"type\":\"task\",\"task\":\"t\",\"identifier\":\"i\",\"actions\":[]}]",
                "[{\"type\":\"task\",\"task\":\"t\",\"identifier\":\"i\",\"actions\":\"sign\"}]",
                "[{\"type\":\"task\",\"task\":\"t\",\"identifier\":\"i\",\"actions\":[1]}]",
                "[{\"type\":\"task\",\"task\":\"t\",\"identifier\":\"i\",\"actions\":[\"a\",\"a\"]}]",
                "[{\"type\":\"task\",\"task\":\"t\",\"identifier\":\"i\",\"actions\":[\"a b\"]}]",
                "[{\"type\":\"task\",\"task\":\"t\",\"identifier\":\"i\",\"locations\":[]}]",
                "[{\"type\":\"task\",\"task\":\"t\",\"identifier\":\"i\",\"locations\":[\"\"]}]",
                "[{\"type\":\"task\",\"task\":\"t\",\"identifier\":\"i\",\"locations\":[\"a\",\"b\"]}]",
                "[{\"type\":\"task\",\"task\":\"t\",\"identifier\":\"i\",\"locations\":\"a\"}]",
                "[{\"type\":\"task\",\"task\":\"t\",\"identifier\":\"i\",\"privileges\":[\"root\"]}]",
                "[{\"type\":\"task\",\"task\":\"t\",\"identifier\":\"i\",\"Actions\":[\"a\"]}]",
                "[{\"type\":\"task\",\"task\":\"t\",\"identifier\":\"i\"},{\"type\":\"task\",\"task\":\"u\","
                        + "\"identifier\":\"j\"}]",
                "[{\"type\":\"task\",\"task\":\"t\",\"identifier\":\"i\"},{\"type\":\"task\",\"task\":\"t\","
                        + "\"identifier\":\"i\"}]",
                "[{\"type\":\"task\",\"task\":\"t\",\"identifier\":\"i\",\"identifier\":\"j\"}]"
            })
    void refusesWhatIsNotOneWellFormedTask(String json) {
        assertThat(AuthorizationDetails.parse(json)).isInstanceOf(Unreadable.class);
    }

    @Test
    void takesEightObjectsAndRefusesNine() {
        assertThat(AuthorizationDetails.parse(objects(8))).isInstanceOf(Read.class);
        assertThat(AuthorizationDetails.parse(objects(9))).isInstanceOf(Unreadable.class);
    }

    @Test
    void writesAGrantInAFixedForm() {
        var granted = new Permission(actions("b", "a"), "https://s.example", new Identifier("i"));

        assertThat(JsonText.of(AuthorizationDetails.of(new TaskName("t"), List.of(granted))))
                .isEqualTo("[{\"type\":\"task\",\"task\":\"t\",\"actions\":[\"a\",\"b\"],"
                        + "\"locations\":[\"https://s.example\"],\"identifier\":\"i\"}]");
    }

    private static String objects(int count) {
        var json = new StringBuilder("[");
        for (int i = 0; i < count; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"type\":\"task\",\"task\":\"t\",\"identifier\":\"i")
                    .append(i)
                    .append("\"}");
        }
        return json.append(']').toString();
    }

    private static SortedSet<String> actions(String... names) {
        return new TreeSet<>(List.of(names));
    }
}
