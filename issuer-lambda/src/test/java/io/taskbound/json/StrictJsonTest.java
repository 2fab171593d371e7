// SPDX-License-Identifier: Apache-2.0
package io.taskbound.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    @Test
    void readsEveryKindOfValueInOrder() throws MalformedJson {
        var object = StrictJson.parseObject(
                " {\"b\":[1,-2.5e3,true,false,null],\"a\":{\"\":\"x\\u0041\\n\\/ü😀\\ud83d\\ude00\"}}\n"
                        .getBytes(UTF_8));

        assertThat(object.members().keySet()).containsExactly("b", "a");
        assertThat(object.array("b").orElseThrow().items())
                .containsExactly(
                        JsonNumber.of(new BigDecimal("1")),
                        JsonNumber.of(new BigDecimal("-2.5e3")),
                        new JsonBoolean(true),
                        new JsonBoolean(false),
                        JsonNull.NULL);
        assertThat(object.object("a").orElseThrow().string("")).contains("xA\n/ü😀😀");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\":1",
                "{\"a\":1,}",
                "{\"a\" 1}",
                "{a:1}",
                "{'a':1}",
                "[1,]",
                "[,1]",
                "[1 2]",
                "nul",
                "NaN",
                "-Infinity",
                "+1",
                "01",
                "-",
                "1.",
                ".5",
                "1e",
                "0x10",
                "1 1",
                "{} x",
                "// c\n{}",
                "/* c */{}",
                "{\"a\":1,\"a\":1}",
                "{\"a\":1,\"\\u0061\":2}",
                "\"\t\"",
                "\"\n\"",
                "\"\\x41\"",
                "\"\\u12g4\"",
                "\"\\u12\"",
                "\"\\u\uff11\uff11\uff11\uff11\"",
                "\"\\ud800\"",
                "\"\\udc00\\ud800\"",
                "\"open",
                "\"open\\",
                "\ufeff{}",
                "\u00a0{}",
                "{}\u0000",
                "1e65",
                "1e999999999",
                "1e99999999999999999999",
                "1e-65",
                "12345678901234567890123456789012345678901",
                "tru\u0065e"
            })
    void refusesWhatIsNotStrictJson(String text) {
        assertThatThrownBy(() -> StrictJson.parse(text.getBytes(UTF_8))).isInstanceOf(MalformedJson.class);
    }

    @Test
    void refusesInvalidUtf8() {
        for (var octets : List.of(
                new byte[] {'"', (byte) 0xc3, '"'},
                new byte[] {'"', (byte) 0xc0, (byte) 0x80, '"'},
                new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'},
                "\"ü\"".getBytes(ISO_8859_1),
                new byte[] {(byte) 0xff, (byte) 0xfe, '1', 0})) {
            assertThatThrownBy(() -> StrictJson.parse(octets)).isInstanceOf(MalformedJson.class);
        }
    }

    @Test
    void readsThirtyTwoLevelsAndRefusesThirtyThree() throws MalformedJson {
        assertThat(StrictJson.parse(nested(32))).isInstanceOf(JsonArray.class);
        assertThatThrownBy(() -> StrictJson.parse(nested(33)))
                .isInstanceOf(MalformedJson.class)
                .hasMessageContaining("deeper than 32");
    }

    @Test
    void refusesAnObjectWhereOneIsWanted() {
        assertThatThrownBy(() -> StrictJson.parseObject("[]".getBytes(UTF_8))).isInstanceOf(MalformedJson.class);
    }

    @Test
    void tellsThePlaceAndNeverTheContent() {
        assertThatThrownBy(() -> StrictJson.parse("{\"secret-name\":1,\"secret-name\":2}".getBytes(UTF_8)))
                .hasMessageContaining("repeated member name at offset")
                .message()
                .doesNotContain("secret");
    }

    @Test
    void writesCanonicalJsonSortedAndCompact() throws MalformedJson {
        var value = StrictJson.parse("{ \"b\" : [1.0, 10, 1e2] , \"a\" : \"\\u2028\\u007f\\\"é/\" }".getBytes(UTF_8));

        assertThat(JsonText.canonical(value)).isEqualTo("{\"a\":\"\\u2028\\u007f\\\"é/\",\"b\":[1,10,100]}");
        assertThat(JsonText.of(new JsonString("a\u0085b\u009bc"))).isEqualTo("\"a\\u0085b\\u009bc\"");
        assertThat(StrictJson.parse(JsonText.of(value).getBytes(UTF_8)).toString())
                .isEqualTo(StrictJson.parse(JsonText.of(value).getBytes(UTF_8)).toString());
    }

    @Test
    void readsBackWhatItWrites() throws MalformedJson {
        var object = JsonObject.builder()
                .put("text", "\u0000\u001f\\\"\b\f\n\r\t\u2029 ok")
                .put("number", Long.MAX_VALUE)
                .put("flag", true)
                .put("null", JsonNull.NULL)
                .build();

        assertThat(StrictJson.parse(JsonText.of(object).getBytes(UTF_8))).isEqualTo(object);
        assertThat(JsonText.of(object)).doesNotContain("\n");
    }

    private static byte[] nested(int levels) {
        return ("[".repeat(levels) + "]".repeat(levels)).getBytes(UTF_8);
    }

    /** Found by tools/fuzz/run: a number that was read could be longer when written out than any that was read. */
    @ParameterizedTest
    @ValueSource(strings = {"4.5e51", "-1e64", "1234567890123456789012345678901234567e20", "0.1e-40", "1e-64", "0e64"})
    void readsEveryNumberThatItHasWritten(String number) throws Exception {
        var written = JsonText.canonical(StrictJson.parse(number.getBytes(UTF_8)));

        assertThat(JsonText.canonical(StrictJson.parse(written.getBytes(UTF_8))))
                .isEqualTo(written);
        assertThat(new BigDecimal(written)).isEqualByComparingTo(new BigDecimal(number));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12345678901234567890123456789012345678901",
                "1e65",
                "10e64",
                "1e-65",
                "0e65",
                "1e999999999",
                "1e99999999999",
                "100000000000000000000000000000000000000000000000000000000000000000"
            })
    void refusesNumbersThatNobodyNeeds(String number) {
        assertThatThrownBy(() -> StrictJson.parse(number.getBytes(UTF_8))).isInstanceOf(MalformedJson.class);
    }
}
