// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class StandInPeopleTest extends PeopleContract {
    private static final Person OCTAVIA =
            Person.of("u-2", "octavia", "release-managers").with("github_id", "583232");
    private static final StandInPeople PEOPLE = StandInPeople.start(
                    List.of(Person.of("u-1", "oscar", "staff"), OCTAVIA), Clock.systemUTC())
            .register(REDIRECT);

    @AfterAll
    static void stop() {
        PEOPLE.close();
    }

    @Override
    String issuer() {
        return PEOPLE.issuer();
    }

    @Override
    URI login(URI authorization, String name) throws IOException, InterruptedException {
        assertThat(get(authorization).body()).contains(">" + name + "</a>");
        var id = PEOPLE.people().stream()
                .filter(person -> person.name().equals(name))
                .findFirst()
                .orElseThrow()
                .id();
        var chosen = get(URI.create(authorization + "&" + StandInPeople.CHOSEN + "=" + id));
        return URI.create(chosen.headers().firstValue("Location").orElseThrow());
    }

    @Test
    void whoIsNotThereIsNoPerson() {
        assertThatThrownBy(() -> PEOPLE.person("u-9")).hasMessage("nobody is u-9");
    }

    @Test
    void anIdTokenForATerminalHasNoNonce() {
        assertThat(PEOPLE.idToken(OCTAVIA).split("\\.")).hasSize(3);
        assertThat(PEOPLE.claims(OCTAVIA, "")).doesNotContainKey("nonce").containsEntry("sub", "u-2");
    }
}
