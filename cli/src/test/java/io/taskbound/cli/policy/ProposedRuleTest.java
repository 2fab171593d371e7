// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.MintAnswer;
import io.taskbound.client.Refusal;
import io.taskbound.client.TaskDetail;
import io.taskbound.client.step.RefusalText;
import io.taskbound.identity.IdToken;
import io.taskbound.identity.IdentityVerifier;
import io.taskbound.identity.Profiles;
import io.taskbound.identity.Purpose;
import io.taskbound.identity.Verification;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.StrictJson;
import io.taskbound.local.ClaimSet;
import io.taskbound.local.StandInProvider;
import io.taskbound.policy.Decision;
import io.taskbound.policy.Policy;
import io.taskbound.task.Identifier;
import io.taskbound.task.RequestedPermission;
import io.taskbound.task.TaskName;
import io.taskbound.task.TaskRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rule that a refusal proposes goes into the policy as it is printed, for every claim set of
 * {@code contract/samples}.
 */
class ProposedRuleTest {
    private static final StandInProvider PROVIDER = StandInProvider.start(Clock.systemUTC());
    private static final String POLICY = """
        version: 1
        providers:
          %s: {profile: %s, issuer: "%s", audience: "%s", max_age: 1h, jwks: %s}
        resource_servers:
          signer: {audience: signer, checks: redeem, client_secret_hashes: ["%s"]}
        tasks:
          sign:
            permissions: [{resource_server: signer, actions: [sign], identifiers: ["artifact:app"]}]
        %s
        """;

    /** Its ID token holds no ids, and the proposal says how to get them. */
    private static final String NAMES_WITHOUT_IDS = "step.json";

    @TempDir
    private Path folder;

    @AfterAll
    static void stop() {
        PROVIDER.close();
    }

    static List<Path> samples() throws IOException {
        try (Stream<Path> files = Files.walk(Examples.root().resolve("contract/samples"))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .filter(file -> !file.toString().endsWith(".caller.json"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void passesTheCheckWithoutAWarningAndAdmitsTheVeryTokenThatWasRefused(Path sample) throws Exception {
        var loaded = loadedWithProposal(sample);

        assertThat(faults(loaded))
                .allMatch(fault -> NAMES_WITHOUT_IDS.equals(sample.getFileName().toString())
                        && fault.contains("whoever takes over the name"));
        assertThat(decision(((Loaded.Ok) loaded).policy(), sample)).isInstanceOf(Decision.Granted.class);
    }

    @Test
    void isTriedForEveryProfile() throws IOException {
        assertThat(samples()).extracting(ProposedRuleTest::profileOf).containsAll(Profiles.names());
    }

    private Loaded loadedWithProposal(Path sample) throws Exception {
        var claims = StrictJson.parseObject(Files.readAllBytes(sample));
        var text = refusal(sample);
        var proposal = text.substring(text.indexOf("    allow:")).replace("provider: NAME", "provider: generic");
        var provider = proposal.lines()
                .filter(line -> line.contains("- provider: "))
                .map(line -> line.replaceAll(".*provider: ([a-z]+) .*", "$1"))
                .findFirst()
                .orElseThrow();
        return PolicyFiles.load(Files.writeString(
                folder.resolve("policy.yaml"),
                POLICY.formatted(
                        provider,
                        profileOf(sample),
                        claims.string("iss").orElseThrow(),
                        audience(claims),
                        PROVIDER.jwks(),
                        "5e".repeat(32),
                        proposal)));
    }

    private static String refusal(Path sample) throws Exception {
        return RefusalText.of(
                IssuerUrl.of("https://tokens.acme.example"),
                io.taskbound.client.TaskRequest.of(TaskDetail.of("sign", "sign", "artifact:app")),
                io.taskbound.client.IdToken.of(idToken(sample)),
                new MintAnswer.Refused(
                        new Refusal("invalid_authorization_details", Optional.empty(), Optional.empty()),
                        false,
                        Optional.empty()));
    }

    private static Decision decision(Policy policy, Path sample) throws Exception {
        var claims = StrictJson.parseObject(Files.readAllBytes(sample));
        var verification = new IdentityVerifier(policy.providers(), uri -> {
                    throw new IOException("pinned keys are never fetched");
                })
                .verify(
                        IdToken.of(idToken(sample)),
                        new Purpose.Exchange(Optional.empty()),
                        Instant.ofEpochSecond(claims.wholeNumber("iat").orElseThrow()));
        assertThat(verification).isInstanceOf(Verification.Verified.class);
        var permission = new RequestedPermission(
                new TreeSet<>(Set.of("sign")), Optional.empty(), new Identifier("artifact:app"));
        return policy.decide(
                ((Verification.Verified) verification).identity(),
                new TaskRequest(
                        new TaskName("sign"),
                        List.of(permission),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                Instant.EPOCH);
    }

    private static String idToken(Path sample) throws Exception {
        return PROVIDER.idToken(ClaimSet.of(JSONObjectUtils.parse(Files.readString(sample, UTF_8))));
    }

    private static String audience(JsonObject claims) {
        return claims.get("aud").orElseThrow() instanceof JsonArray several
                ? ((JsonString) several.items().get(0)).value()
                : claims.string("aud").orElseThrow();
    }

    private static String profileOf(Path sample) {
        return sample.getParent().getFileName().toString();
    }

    private static List<String> faults(Loaded loaded) {
        return loaded.match(Loaded.Ok::warnings, Loaded.Faulty::faults).stream()
                .map(LocatedFault::fault)
                .map(fault -> fault.message())
                .toList();
    }
}
