// SPDX-License-Identifier: Apache-2.0
package io.taskbound.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonNumberTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "0.000, 0",
        "-0e9, 0",
        "10, 10",
        "10.0, 10",
        "1e1, 10",
        "1E+1, 10",
        "-2.50, -2.5",
        "0.0000001, 1E-7",
        "999999999999999999, 999999999999999999",
        "-999999999999999999, -999999999999999999",
        "1000000000000000000, 1000000000000000000",
        "1e20, 100000000000000000000",
    })
    void a_value_has_one_text_however_it_is_written(String written, String text) throws MalformedJson {
        var read = (JsonNumber) StrictJson.parse(written.getBytes(UTF_8));

        assertThat(JsonText.of(read)).isEqualTo(text);
        assertThat(read)
                .isEqualTo(JsonNumber.of(new BigDecimal(written)))
                .hasSameHashCodeAs(JsonNumber.of(new BigDecimal(text)));
        assertThat(read.value()).isEqualByComparingTo(new BigDecimal(written));
    }

    @ParameterizedTest
    @ValueSource(
            longs = {0, 7, -7, Long.MAX_VALUE, Long.MIN_VALUE, 999_999_999_999_999_999L, 1_000_000_000_000_000_000L})
    void a_long_comes_back_as_it_was(long value) {
        assertThat(JsonNumber.of(value).wholeNumber()).hasValue(value);
        assertThat(JsonNumber.of(value)).isEqualTo(JsonNumber.of(BigDecimal.valueOf(value)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.5", "9223372036854775808", "-9223372036854775809", "1e30"})
    void what_is_no_whole_number_or_fits_no_long_is_none(String written) {
        assertThat(JsonNumber.of(new BigDecimal(written)).wholeNumber()).isEmpty();
    }

    @Test
    void thousandths_are_written_as_the_library_would() {
        for (long value = -12_345; value <= 12_345; value++) {
            assertThat(JsonNumber.thousandths(value)).isEqualTo(JsonNumber.of(BigDecimal.valueOf(value, 3)));
        }
        assertThat(JsonNumber.thousandths(Long.MIN_VALUE))
                .isEqualTo(JsonNumber.of(BigDecimal.valueOf(Long.MIN_VALUE, 3)));
    }
}
