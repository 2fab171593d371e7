// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses are literal here, so that nothing is looked up. */
class ReachTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "https://localhost/",
                "https://0.0.0.0/",
                "https://10.1.2.3/",
                "https://100.64.0.1/",
                "https://169.254.169.254/",
                "https://172.16.0.1/",
                "https://172.31.255.255/",
                "https://192.0.0.8/",
                "https://192.168.1.1/",
                "https://198.18.0.1/",
                "https://224.0.0.1/",
                "https://255.255.255.255/",
                "https://2130706433/",
                "https://[::1]/",
                "https://[::]/",
                "https://[fd00::1]/",
                "https://[fe80::1]/",
                "https://[ff02::1]/",
                "https://[::ffff:10.0.0.1]/",
                "https://[64:ff9b::10.0.0.1]/",
                "https://[2002:a00:1::]/",
                "http://93.184.216.34/",
                "ftp://93.184.216.34/",
                "https:///jwks",
                "jwks"
            })
    void refusesWhatIsNotPublicHttps(String uri) {
        assertThatThrownBy(() -> FetchPolicy.PUBLIC.check(URI.create(uri))).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://93.184.216.34/jwks",
                "https://172.32.0.1/",
                "https://100.128.0.1/",
                "https://[2606:2800:220:1::1]/",
                "https://[64:ff9b::93.184.216.34]/"
            })
    void reachesPublicAddresses(String uri) {
        assertThatCode(() -> FetchPolicy.PUBLIC.check(URI.create(uri))).doesNotThrowAnyException();
    }

    @Test
    void reachesLoopbackOnlyWhenAllowedAndNothingElsePrivateByIt() {
        assertThatCode(() -> FetchPolicy.WITH_LOOPBACK.check(URI.create("http://127.0.0.1:8788/jwks")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> FetchPolicy.WITH_LOOPBACK.check(URI.create("http://10.0.0.1/")))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> FetchPolicy.WITH_LOOPBACK.check(URI.create("https://10.0.0.1/")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void reachesAPrivateHostThatIsNamedAndOverHttpsOnly() {
        var named = new FetchPolicy(false, Set.of("10.0.0.1"));

        assertThatCode(() -> named.check(URI.create("https://10.0.0.1/jwks"))).doesNotThrowAnyException();
        assertThatThrownBy(() -> named.check(URI.create("http://10.0.0.1/jwks")))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> named.check(URI.create("https://10.0.0.2/jwks")))
                .isInstanceOf(IOException.class);
    }

    /** An address that is checked and not kept is not the one that is connected to. */
    @Test
    void needsAJvmThatKeepsAddresses() {
        assertThat(FetchPolicy.keepsAddresses(null, null)).isTrue();
        assertThat(FetchPolicy.keepsAddresses("-1", "0")).isTrue();
        assertThat(FetchPolicy.keepsAddresses("30", null)).isTrue();
        assertThat(FetchPolicy.keepsAddresses("0", "30")).isFalse();
        assertThat(FetchPolicy.keepsAddresses(null, "0")).isFalse();
    }
}
