// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever runs the issuer reads on standard error why a provider's tokens cannot be verified. */
class KeyWarningsTest {
    private final List<String> said = new ArrayList<>();
    private final KeyWarnings warnings = new KeyWarnings(said::add);

    private void line(String members) {
        warnings.accept("{\"event\":\"mint\"," + members + "}");
    }

    private void outage(String provider, String detail) {
        line("\"reason\":\"provider_keys_unavailable\",\"provider\":\"" + provider + "\",\"detail\":\"" + detail
                + "\"");
    }

    @Test
    void saysOnceWhyTheKeysOfAProviderCannotBeHad() {
        for (int i = 0; i < 3; i++) {
            outage("k8s", "status: the answer was 406");
        }
        outage("k8s", "timed_out: no");

        assertThat(said)
                .containsExactly(
                        "taskbound: the keys of provider k8s cannot be used: status: the answer was 406",
                        "taskbound: the keys of provider k8s cannot be used: timed_out: no");
    }

    @Test
    void namesAnIssuerThatNoProviderHas() {
        line("\"reason\":\"unknown_issuer\",\"detail\":\"no provider has the issuer https://x.example/\"");

        assertThat(said)
                .containsExactly("taskbound: an ID token was refused: no provider has the issuer https://x.example/");
    }

    /** While there is still time to act. */
    @Test
    void saysThatOnlyOldKeysAreLeft() {
        line(
                "\"result\":\"granted\",\"keys_stale\":true,\"provider\":\"k8s\",\"detail\":\"status: the answer was 500\"");

        assertThat(said)
                .containsExactly(
                        "taskbound: the keys of provider k8s cannot be fetched again, and the old ones are used"
                                + " for an hour at most: status: the answer was 500");
    }

    /** localhost and 127.0.0.1 are the first thing that newcomers mix up. */
    @Test
    void namesAnAudienceThatThePolicyDoesNotHave() {
        line("\"reason\":\"wrong_audience\",\"provider\":\"github\",\"detail\":\"the ID token is for"
                + " http://127.0.0.1:8787, and the policy's audience is http://localhost:8787\"");

        assertThat(said)
                .containsExactly(
                        "taskbound: an ID token was refused: the ID token is for http://127.0.0.1:8787, and the"
                                + " policy's audience is http://localhost:8787");
    }

    @Test
    void isSilentAboutEverythingElse() {
        line("\"reason\":\"unknown_key\",\"provider\":\"k8s\"");
        line("\"reason\":\"key_not_looked_up\",\"provider\":\"k8s\",\"detail\":\"asked_recently: x\"");
        line("\"result\":\"granted\",\"detail\":\"x\"");
        warnings.accept("no json");

        assertThat(said).isEmpty();
    }

    @Test
    void startsNoLineOfItsOwnForForeignText() {
        line("\"reason\":\"unknown_issuer\",\"detail\":\"a\\nb\"");

        assertThat(said.get(0)).doesNotContain("\n");
    }
}
