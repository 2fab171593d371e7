// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of the Model Context Protocol, version 2026-07-28, and what is none of its forms. */
class HeaderTextTest {
    @ParameterizedTest
    @CsvSource({
        "us-west1,us-west1",
        "'Hello, 世界','=?base64?SGVsbG8sIOS4lueVjA==?='",
        "' padded ','=?base64?IHBhZGRlZCA=?='",
        "=?base64?literal?=,=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?=",
        "'','=?base64??='"
    })
    void writesAndReadsAValue(String value, String field) {
        assertThat(HeaderText.encode(value)).isEqualTo(field);
        assertThat(HeaderText.decode(field)).contains(value);
    }

    @Test
    void aLineEndNeverReachesAHeader() {
        assertThat(HeaderText.encode("line1\nline2")).isEqualTo("=?base64?bGluZTEKbGluZTI=?=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=?base64?*?=", "=?base64?/w==?=", "tab\tbed", "caf\u00e9"})
    void whatCannotBeReadIsNothing(String field) {
        assertThat(HeaderText.decode(field)).isEmpty();
    }
}
