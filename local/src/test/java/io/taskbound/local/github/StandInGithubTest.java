// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.github;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract with the stand-in, whose clock stands still. */
class StandInGithubTest extends GithubContract {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-12-01T12:00:00Z"), ZoneOffset.UTC);
    private static StandInGithub github;
    private static Place place;

    @BeforeAll
    static void start() throws Exception {
        github = StandInGithub.start(CLOCK);
        github.organization("acme", 1001);
        github.repository("acme", "shop", 2002);
        github.repository("acme", "docs", 2003);
        github.pullRequest("acme", "shop", 7);
        var app = github.app("acme", Map.of("contents", "write", "pull_requests", "write"));
        github.install(app, "acme");
        PrivateKey key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(app.pkcs8()));
        place = new Place(github.url(), github.url(), app.id(), key, "acme", "shop", "docs", 7);
    }

    @AfterAll
    static void stop() {
        github.close();
    }

    @Override
    Place place() {
        return place;
    }

    @Override
    Instant now() {
        return CLOCK.instant();
    }

    @Test
    void answersWithTheEnterprisePrefixToo() throws Exception {
        assertThat(ask("GET", "/api/v3/installation/repositories", "nothing", Optional.empty())
                        .message())
                .isEqualTo("Bad credentials");
    }

    @Test
    void showsWhatWasPushed() {
        assertThat(github.file("acme", "docs", "README.md")).contains("acme/docs\n");
    }

    @Test
    void aJobsTokenIsTheBotsAndHasWhatTheJobHas() throws Exception {
        github.pullRequest("acme", "docs", 8);
        var token = github.jobToken("acme", "docs", Map.of("pull_requests", "write"));
        var path = "/repos/acme/docs/issues/8/comments";
        var made = ask("POST", path, token, Optional.of(Map.of("body", "hello")));
        assertThat(((Map<?, ?>) made.json().get("user")).get("login")).isEqualTo("github-actions[bot]");
        assertThat(github.comments("acme", "docs", 8)).containsExactly("hello");
        assertThat(ask("GET", "/repos/acme/shop", token, Optional.empty()).status())
                .isEqualTo(404);
        assertThat(ask("GET", "/repos/acme/docs/contents/README.md", token, Optional.empty())
                        .status())
                .isEqualTo(403);
    }

    /** Keys are used again after the end of who had them, and never before. */
    @Test
    void noTwoAppsOfOpenStandInsHaveTheSameKey() throws Exception {
        try (var one = StandInGithub.start(CLOCK);
                var other = StandInGithub.start(CLOCK)) {
            var keys = new HashSet<PublicKey>();
            for (var each : List.of(one, one, other)) {
                each.organization("acme", 1001);
                assertThat(keys.add(each.app("acme", Map.of()).publicKey())).isTrue();
            }
        }
    }
}
