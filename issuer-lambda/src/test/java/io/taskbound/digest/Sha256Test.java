// SPDX-License-Identifier: Apache-2.0
package io.taskbound.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Sha256Test {

    /** FIPS 180-4, example of a one-block message. */
    @Test
    void isTheStandardsDigest() {
        assertThat(Sha256.hex("abc")).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(Sha256.of("a", "bc".getBytes(StandardCharsets.UTF_8))).isEqualTo(Sha256.of("abc"));
    }

    @Test
    void isCutToWholeOctetsInBase64Url() {
        assertThat(Sha256.base64Url("abc", 16)).isEqualTo("ungWv48Bz-pBQUDeXa4iIw");
        assertThat(Sha256.base64Url("abc", 32)).hasSize(43);
    }
}
