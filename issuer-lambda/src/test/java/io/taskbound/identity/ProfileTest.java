// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.json.JsonObject;
import io.taskbound.task.ProviderName;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileTest {

    private static Caller caller(String profile, String claims) {
        return Profiles.named(profile)
                .orElseThrow()
                .describe(new ProviderName("p"), "https://issuer.example", Proven.json(claims), "KEY");
    }

    @ParameterizedTest
    @CsvSource({"github, 5", "jenkins, 5", "buildkite, 5", "gitlab, 60", "circleci, 60", "kubernetes, 10", "generic, 5"
    })
    void limitsTheAgeOfIdTokens(String profile, long minutes) {
        assertThat(Profiles.named(profile).orElseThrow().maxAge()).isEqualTo(Duration.ofMinutes(minutes));
    }

    @Test
    void knowsNoOtherProfiles() {
        assertThat(Profiles.named("GitHub")).isEmpty();
        assertThat(Profiles.named("../profiles/github")).isEmpty();
    }

    @Test
    void bindsEveryNameThatMayBeWrittenToAnId() {
        for (var name : Profiles.names()) {
            var profile = Profiles.named(name).orElseThrow();
            assertThat(profile.tenantClaims()).isNotEmpty();
            assertThat(profile.ownable().values())
                    .allSatisfy(claim -> assertThat(claim.id()).matches(".*id$|.*-id$"));
        }
        var github = Profiles.named("github").orElseThrow();
        assertThat(github.project()).contains(new ProjectClaim("repository", "repository_id", true));
        assertThat(github.defaultEvents().orElseThrow().allowed())
                .containsExactly("push", "workflow_dispatch", "schedule", "release", "merge_group");
    }

    @Test
    void knowsWhichPartOfAClaimIsAnOwnersName() {
        var github = Profiles.named("github").orElseThrow();
        assertThat(github.ownerSegments("repository_owner")).isEqualTo(Profile.ALL_SEGMENTS);
        assertThat(github.ownerSegments("repository")).isEqualTo(1);
        assertThat(github.ownerSegments("ref")).isZero();
        assertThat(github.ownerSegments("organization_slug")).isZero();
        assertThat(Profiles.named("gitlab").orElseThrow().ownerSegments("ci_config_ref_uri"))
                .isEqualTo(2);
    }

    @Test
    void knowsTheOwnersOfAllSystemsWhereClaimsCanHaveAnyName() {
        var others = new HashMap<String, Integer>();
        for (var name : List.of("github", "gitlab", "buildkite")) {
            ProfileFiles.shipped(name)
                    .object("owner_segments")
                    .orElseThrow()
                    .members()
                    .keySet()
                    .forEach(claim ->
                            others.put(claim, Profiles.named(name).orElseThrow().ownerSegments(claim)));
        }
        assertThat(others).hasSize(9);
        for (var name : List.of("generic", "jenkins")) {
            var profile = Profiles.named(name).orElseThrow();
            assertThat(others)
                    .allSatisfy((claim, segments) ->
                            assertThat(profile.ownerSegments(claim)).isEqualTo(segments));
        }
    }

    @Test
    void letsTheAudienceCarryTheTaskForJenkinsAlone() {
        assertThat(Profiles.names().stream()
                        .filter(name -> Profiles.named(name).orElseThrow().audienceCarriesTxn()))
                .containsExactly("jenkins");
    }

    @Test
    void readsIdsWrittenAsTextOrAsWholeNumbers() {
        var text = caller("gitlab", "{\"sub\":\"s\",\"project_id\":\"20\",\"pipeline_id\":\"574\",\"job_id\":\"302\"}");
        var number = caller("gitlab", "{\"sub\":\"s\",\"project_id\":20,\"pipeline_id\":574,\"job_id\":302}");

        assertThat(number.run()).isEqualTo("20/574").isEqualTo(text.run());
        assertThat(number.job()).isEqualTo(text.job()).contains("302");
        assertThat(number.stableSubject()).isEqualTo(text.stableSubject());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"sub\":\"s\"}",
                "{\"sub\":\"s\",\"project_id\":\"20\"}",
                "{\"sub\":\"s\",\"project_id\":\"20\",\"pipeline_id\":\"\"}",
                "{\"sub\":\"s\",\"project_id\":\"20\",\"pipeline_id\":null}",
                "{\"sub\":\"s\",\"project_id\":\"20\",\"pipeline_id\":[574]}",
                "{\"sub\":\"s\",\"project_id\":\"20\",\"pipeline_id\":574.5}",
                "{\"sub\":\"s\",\"project_id\":\"2/0\",\"pipeline_id\":\"574\"}",
                "{\"sub\":\"s\",\"project_id\":\"20\",\"pipeline_id\":\"5\\n74\"}"
            })
    void takesTheIdTokenForTheRunWhereTheClaimsNameNoneUnmistakably(String claims) {
        assertThat(caller("gitlab", claims).run()).isEqualTo("proof:KEY");
    }

    @Test
    void namesTheSubjectItselfWhereThereAreNoIds() {
        assertThat(caller("github", "{\"sub\":\"repo:acme/shop:ref:x\"}").stableSubject())
                .isEqualTo("repo:acme/shop:ref:x");
    }

    @Test
    void addsNoSpellingOfASubjectThatTheClaimsContradict() {
        var claims = "\"repository\":\"acme/shop\",\"repository_id\":\"2002\",\"repository_owner_id\":\"1001\"}";

        for (var sub : new String[] {
            "repo:acme/shop2:ref:x",
            "repo:acme@1001/shop@2003:ref:x",
            "repo:acme@1/shop@2002:ref:x",
            "repo:acme/shop",
            "REPO:acme/shop:ref:x",
            "repository:acme/shop:ref:x"
        }) {
            assertThat(caller("github", "{\"sub\":\"" + sub + "\"," + claims).subjects())
                    .containsExactly(sub);
        }
        assertThat(caller("github", "{\"sub\":\"repo:acme/shop:ref:x\"," + claims)
                        .subjects())
                .containsExactlyInAnyOrder("repo:acme/shop:ref:x", "repo:acme@1001/shop@2002:ref:x");
    }

    @Test
    void describesNobodyWithoutASubject() {
        assertThatThrownBy(() -> caller("github", "{}")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAFaultyProfileFile() {
        assertThatThrownBy(() -> ProfileReader.read(
                        JsonObject.builder().put("name", "x").put("max_age", 5).build()))
                .hasMessageContaining("unknown member");
    }
}
