// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.Ran;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyExplainTest {
    private static final String TARGET = "artifact:acme/shop/app.jar@sha256:" + "0f".repeat(32);

    @TempDir
    private Path folder;

    private Path policy;

    @BeforeEach
    void write() throws Exception {
        policy = Files.writeString(folder.resolve("policy.yaml"), ExamplePolicy.text());
    }

    @Test
    void jsonSaysWhetherItIsAllowedAndWhy() throws Exception {
        assertThat(explain("--claims", claims("acme/shop", "2002", "1001"), "--json")
                        .out())
                .matches("\\{\"allowed\":true,\"lines\":\\[\".*\"]}\\R");
        var refused = explain("--claims", claims("mallory/shop", "6666", "5555"), "--json");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.out()).startsWith("{\"allowed\":false,\"lines\":[\"");
    }

    @Test
    void saysThatTheRunIsAllowed() throws Exception {
        var ran = explain("--claims", claims("acme/shop", "2002", "1001"));
        assertThat(ran.out()).startsWith("ALLOWED");
        assertThat(ran.code()).as(ran.err()).isZero();
    }

    @Test
    void saysWhetherTheTokenWouldBeBoundToAKey() throws Exception {
        assertThat(explain("--claims", claims("acme/shop", "2002", "1001")).out())
                .doesNotContain("bound");
        for (var proof : List.of("optional, if the step offers one", "required, the step must offer one")) {
            var word = proof.split(", ")[0];
            Files.writeString(
                    policy, ExamplePolicy.text().replace("checks: redeem", "checks: redeem\n    proof: " + word));
            assertThat(explain("--claims", claims("acme/shop", "2002", "1001")).out())
                    .contains("  the token is bound to a key")
                    .contains(proof.split(", ")[1]);
            assertThat(explain("--claims", claims("mallory/shop", "6666", "5555"))
                            .out())
                    .doesNotContain("bound");
        }
    }

    @Test
    void namesTheClaimThatDiffersForAFork() throws Exception {
        var ran = explain("--claims", claims("mallory/shop", "6666", "5555"));
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).startsWith("REFUSED").contains("rule 1: repository_id is \"6666\", not \"2002\"");
    }

    @Test
    void readsTheClaimsOfAnIdTokenWithoutVerifyingIt() throws Exception {
        var payload = Files.readString(Path.of(claims("mallory/shop", "6666", "5555")));
        var token = base64("{\"alg\":\"RS256\"}") + "." + base64(payload) + ".c2ln";
        var file = Files.writeString(folder.resolve("id-token"), token + "\n");
        var ran = explain("--id-token-file", file.toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).contains("repository_id").doesNotContain(token);
    }

    @Test
    void findsTheDecisionInTheAuditLog() throws Exception {
        var audit = Files.writeString(folder.resolve("audit.jsonl"), """
            {"time":"2026-11-23T10:00:00Z","request_id":"R1","event":"mint","result":"granted","task":"sign-release"}
            not json, R2
            {"time":"2026-11-23T10:00:01Z","request_id":"R2","event":"mint","provider":"github","sub":"s",\
            "stable_sub":"repo:5555/6666","task":"sign-release","actions":["sign"],"identifiers":["%s"],\
            "claims":%s,"nearest":{"rule":"rule 1","path":"repository_id","expected":"\\"2002\\"",\
            "actual":"\\"6666\\""},"reason":"not_allowed","result":"refused"}
            """.formatted(
                        TARGET, Files.readString(Path.of(claims("mallory/shop", "6666", "5555")))));
        var ran = Ran.of("policy", "explain", "--request-id", "R2", "--audit", audit.toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out())
                .contains("mint REFUSED", "repo:5555/6666", TARGET)
                .contains("rule 1: repository_id is \"6666\", not \"2002\"");

        var today = Ran.of(
                "policy", "explain", "--request-id", "R2", "--audit", audit.toString(), "--policy", policy.toString());
        assertThat(today.code()).isEqualTo(1);
        assertThat(today.out()).contains("Today's policy").contains("REFUSED  sign-release");

        assertThat(Ran.of("policy", "explain", "--request-id", "R1", "--audit", audit.toString())
                        .code())
                .isZero();
    }

    @Test
    void saysWhenTheAuditLogDoesNotHaveTheRequest() throws Exception {
        var audit = Files.createFile(folder.resolve("audit.jsonl"));
        var ran = Ran.of("policy", "explain", "--request-id", "R9", "--audit", audit.toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("no decision with this request id");
    }

    @Test
    void refusesClaimsOfAProviderThatThePolicyDoesNotTrust() throws Exception {
        var file = Files.writeString(folder.resolve("c.json"), "{\"iss\":\"https://evil.example\",\"sub\":\"x\"}");
        var ran = explain("--claims", file.toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("trusts no provider").contains("--provider");
    }

    @Test
    void saysByHowLittleAnIssuerDiffersFromOneThatIsTrusted() throws Exception {
        for (var issuer :
                List.of("https://token.actions.githubusercontent.com/", "http://token.actions.githubusercontent.com")) {
            var file = Files.writeString(folder.resolve("c.json"), "{\"iss\":\"" + issuer + "\",\"sub\":\"x\"}");

            assertThat(explain("--claims", file.toString()).err())
                    .contains("it differs from the issuer of provider github by: ");
        }
    }

    @Test
    void wantsToKnowWhoseRequestItIs() {
        assertThat(explain().code()).isEqualTo(2);
        assertThat(Ran.of("policy", "explain").code()).isEqualTo(2);
        assertThat(Ran.of("policy", "explain", "--request-id", "R").err()).contains("--audit");
    }

    @Test
    void refusesAnIdentifierThatIsNone() throws Exception {
        var ran = Ran.of(
                "policy",
                "explain",
                "--policy",
                policy.toString(),
                "--task",
                "sign-release",
                "--identifier",
                "a b",
                "--claims",
                claims("acme/shop", "2002", "1001"));
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("The identifier \"a b\" has the character U+0020.");
    }

    private Ran explainMigration(String... identifiers) throws Exception {
        var lake = Files.writeString(folder.resolve("lake.yaml"), """
                version: 1
                providers:
                  jenkins: {profile: jenkins, issuer: "https://ci.acme.example/oidc", audience: us}
                resource_servers:
                  lake: {kind: aws-role, role_arn: "arn:aws:iam::111122223333:role/x", actions: {read: [s3:GetObject]}}
                tasks:
                  migrate:
                    permissions: [{resource_server: lake, actions: [read], identifiers: ["s3:exports/datasets/**"]}]
                    lease: 60s
                    allow: [{provider: jenkins, claims: {sub: "https://ci.acme.example/job/x/"}}]
                """);
        var claims = Files.writeString(
                folder.resolve("job.json"),
                "{\"iss\":\"https://ci.acme.example/oidc\",\"sub\":\"https://ci.acme.example/job/x/\"}");
        var args = new ArrayList<>(List.of("policy", "explain", "--policy", lake.toString(), "--task", "migrate"));
        args.addAll(List.of("--claims", claims.toString()));
        for (var identifier : identifiers) {
            args.addAll(List.of("--identifier", identifier));
        }
        return Ran.of(args.toArray(String[]::new));
    }

    @Test
    void saysWhichCredentialAStepWouldFetch() throws Exception {
        var ran = explainMigration("s3:exports/datasets/orders/");

        assertThat(ran.out()).startsWith("ALLOWED").contains("the step fetches a credential of kind aws-role");
        assertThat(ran.code()).as(ran.err()).isZero();
    }

    @Test
    void saysThatNoCredentialIsWhatARuleAllows() throws Exception {
        var dataset = "s3:exports/datasets/" + "x".repeat(450);
        var ran = explainMigration(dataset + "1/", dataset + "2/", dataset + "3/");

        assertThat(ran.out())
                .startsWith("REFUSED  migrate  a rule allows it, but the identifiers are too many or too long")
                .doesNotContain("of kind aws-role");
        assertThat(ran.code()).isEqualTo(1);
    }

    private Ran explain(String... more) {
        var args = new ArrayList<>(List.of(
                "policy", "explain", "--policy", policy.toString(), "--task", "sign-release", "--identifier", TARGET));
        args.addAll(List.of(more));
        return Ran.of(args.toArray(String[]::new));
    }

    private String claims(String repository, String id, String ownerId) throws Exception {
        var text = """
            {"iss":"https://token.actions.githubusercontent.com","sub":"repo:%1$s:ref:refs/heads/main",\
            "repository":"%1$s","repository_id":"%2$s","repository_owner_id":"%3$s","ref":"refs/heads/main",\
            "ref_type":"branch","event_name":"push","run_id":"7001","run_attempt":"1"}\
            """.formatted(repository, id, ownerId);
        return Files.writeString(folder.resolve(id + ".json"), text).toString();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
