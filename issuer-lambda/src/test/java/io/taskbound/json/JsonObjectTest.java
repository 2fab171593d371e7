// SPDX-License-Identifier: Apache-2.0
package io.taskbound.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** That it never changes, although what was built or read is not copied. */
class JsonObjectTest {

    @Test
    void isNotChangedByItsBuilder() {
        var builder = JsonObject.builder().put("first", 1);
        var one = builder.build();
        var two = builder.put("second", 2).build();

        assertThat(JsonText.of(one)).isEqualTo("{\"first\":1}");
        assertThat(JsonText.of(two)).isEqualTo("{\"first\":1,\"second\":2}");
    }

    @Test
    void isNotChangedByTheMapThatItWasMadeOf() {
        var members = new LinkedHashMap<String, JsonValue>(Map.of("first", JsonNumber.of(1)));
        var object = new JsonObject(members);
        members.clear();

        assertThat(object.has("first")).isTrue();
    }

    @Test
    void isNotChangedByItsMembers() throws MalformedJson {
        var read = StrictJson.parseObject("{\"first\":1}".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> read.members().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> read.members().put("second", JsonNull.NULL))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void isEqualToOneOfTheSameMembersInAnotherOrder() {
        var one = JsonObject.builder().put("a", 1).put("b", "text").build();
        var other = JsonObject.builder().put("b", "text").put("a", 1).build();

        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other).isNotEqualTo(JsonObject.EMPTY);
    }
}
