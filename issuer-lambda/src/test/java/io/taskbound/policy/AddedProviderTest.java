// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.taskbound.identity.IdToken;
import io.taskbound.identity.Identity;
import io.taskbound.identity.IdentityVerifier;
import io.taskbound.identity.Profiles;
import io.taskbound.identity.Purpose;
import io.taskbound.identity.Verification;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonText;
import io.taskbound.local.ClaimSet;
import io.taskbound.local.StandInProvider;
import java.io.IOException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * One file is enough for a new CI system: {@code profiles/azure-devops.json} of the test resources stands for the
 * claims that Azure Pipelines signs. What clients print when they are refused is in the same vector,
 * {@code contract/added-provider.json}.
 */
class AddedProviderTest {
    private static final JsonObject VECTOR = Contract.file("added-provider.json");
    private static final JsonObject CLAIMS = VECTOR.object("claims").orElseThrow();

    private final StandInProvider provider = StandInProvider.start(Clock.systemUTC());

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void isNotOneThatTaskboundShips() {
        assertThat(Profiles.names()).doesNotContain("azure-devops");
        assertThat(Profiles.named("azure-devops")).isPresent();
    }

    @Test
    void itsIdTokensAreVerifiedAndRead() throws Exception {
        var caller = identity(policy(proposed()), CLAIMS).caller();

        var expected = VECTOR.object("caller").orElseThrow();
        assertThat(Optional.of(caller.stableSubject())).isEqualTo(expected.string("stable_subject"));
        assertThat(Optional.of(caller.run())).isEqualTo(expected.string("run"));
        assertThat(caller.projectId()).isEqualTo(expected.string("project_id"));
    }

    @Test
    void theRuleThatARefusalProposesAdmitsTheRun() throws Exception {
        assertThat(decision(proposed(), CLAIMS)).isInstanceOf(Decision.Granted.class);
    }

    @Test
    void anotherProjectAnotherPipelineAndAnotherBranchStayOut() throws Exception {
        for (var claim : List.of("prj_id", "def_id", "rpo_ref")) {
            var other = Documents.with(CLAIMS, claim, new JsonString("99"));
            assertThat(decision(proposed(), other)).as(claim).isInstanceOf(Decision.Refused.class);
        }
    }

    @Test
    void itsRulesMustBindTheProjectAndSpellOwnersInFull() {
        assertThat(errors("{'def_id': '12'}")).singleElement().asString().contains("write the exact value", "prj_id");
        assertThat(errors("{'prj_id': '271*'}")).hasSize(2);
        assertThat(errors("{'prj_id': '271', 'rpo_uri': 'https://dev.azure.com/*'}"))
                .singleElement()
                .asString()
                .contains("a pattern in the owner's name");
    }

    private List<Fault> errors(String claims) {
        return Documents.faults(document("[{'provider': 'azure-devops', 'claims': " + claims + "}]")).stream()
                .filter(fault -> fault.severity() == Severity.ERROR)
                .toList();
    }

    private Decision decision(String allow, JsonObject claims) throws Exception {
        var policy = policy(allow);
        return policy.decide(
                identity(policy, claims),
                Documents.request("sign-release", Documents.permission("artifact:acme/shop/app.jar", "sign")),
                Instant.EPOCH);
    }

    private Policy policy(String allow) {
        return Documents.compiled(document(allow));
    }

    private JsonObject document(String allow) {
        return Contract.json("{'version': 1,"
                + "'providers': {'azure-devops': {'profile': 'azure-devops', 'issuer': '"
                + CLAIMS.string("iss").orElseThrow() + "', 'audience': '"
                + CLAIMS.string("aud").orElseThrow() + "', 'jwks': " + provider.jwks() + "}},"
                + Documents.SERVERS
                + "'tasks': {'sign-release': {'permissions': [{'resource_server': 'signer', 'actions': ['sign'],"
                + "'identifiers': ['artifact:acme/shop/*']}], 'allow': " + allow + "}}}");
    }

    /** The entry at the end of the refusal's text, as JSON. */
    private static String proposed() {
        var yaml = Contract.items(VECTOR, "text").stream()
                .map(Contract::text)
                .dropWhile(line -> !line.equals("    allow:"))
                .collect(joining("\n"));
        var entry = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
        var allow = JSONObjectUtils.toJSONString(Map.of("allow", entry.get("allow")));
        return allow.substring(allow.indexOf('['), allow.lastIndexOf(']') + 1);
    }

    private Identity identity(Policy policy, JsonObject claims) throws ParseException {
        var idToken = provider.idToken(ClaimSet.of(JSONObjectUtils.parse(JsonText.of(claims))));
        var verification = new IdentityVerifier(policy.providers(), uri -> {
                    throw new IOException("pinned keys are never fetched");
                })
                .verify(
                        IdToken.of(idToken),
                        new Purpose.Exchange(Optional.empty()),
                        Instant.ofEpochSecond(claims.wholeNumber("iat").orElseThrow()));
        assertThat(verification).isInstanceOf(Verification.Verified.class);
        return ((Verification.Verified) verification).identity();
    }
}
