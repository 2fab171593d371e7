// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JenkinsJobUrlTest {
    private static final String ROOT = "https://ci.acme.example";

    @ParameterizedTest
    @CsvSource({
        "/job/shop/, shop",
        "/job/acme/job/shop/, acme/shop",
        "/job/job/job/shop/, job/shop",
        "/job/release%20train/, release train",
        "/job/caf%C3%A9/, caf\u00e9",
        "/job/a+b/, a+b"
    })
    void readsTheFullName(String path, String name) {
        assertThat(JenkinsJobUrl.fullName(ROOT + "/oidc", ROOT + path)).contains(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/job/",
                "/job//",
                "/job/shop",
                "/job/acme/shop/",
                "/job/acme/job/",
                "/view/all/job/shop/",
                "/job/acme%2Fshop/",
                "/job/acme%5Cshop/",
                "/job/a%252Fb/",
                "/job/%2E%2E/job/shop/",
                "/job/../job/shop/",
                "/job/./",
                "/job/a%00/",
                "/job/a%0A/",
                "/job/a%/",
                "/job/a%4/",
                "/job/a%zz/",
                "/job/%FF/",
                "/job/%C0%AF/",
                "/job/shop/?x",
                "/job/shop#/"
            })
    void readsNoNameFromWhatAnotherJobCouldBeToo(String path) {
        assertThat(JenkinsJobUrl.fullName(ROOT + "/oidc", ROOT + path)).isEmpty();
    }

    @Test
    void takesTheRootFromThePluginsOwnIssuers() {
        var folder = ROOT + "/jenkins/oidc/job/payments";

        assertThat(JenkinsJobUrl.fullName(folder, ROOT + "/jenkins/job/payments/job/a/"))
                .contains("payments/a");
        assertThat(JenkinsJobUrl.fullName(folder, ROOT + "/job/payments/job/a/"))
                .isEmpty();
        assertThat(JenkinsJobUrl.fullName(ROOT + "/oidc", "https://other.example/job/a/"))
                .isEmpty();
    }

    @Test
    void takesTheFirstJobWhereTheIssuerIsHostedElsewhere() {
        assertThat(JenkinsJobUrl.fullName("https://keys.acme.example", ROOT + "/jenkins/job/acme/job/shop/"))
                .contains("acme/shop");
    }
}
