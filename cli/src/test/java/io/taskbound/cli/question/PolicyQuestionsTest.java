// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.question;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.Ran;
import io.taskbound.json.JsonObject;
import io.taskbound.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyQuestionsTest {
    private static final String TARGET = "artifact:acme/shop/app.jar@sha256:" + "0f".repeat(32);
    private static final String POLICY = """
            version: 1
            providers:
              github: {profile: github, issuer: "https://token.actions.githubusercontent.com", audience: us}
              jenkins: {profile: jenkins, issuer: "https://ci.acme.example/oidc", audience: us}
            resource_servers:
              signer: {audience: signer, checks: redeem, client_secret_hashes: ["%1$s"]}
              github: {kind: github-app, app_id: "12345", owners: {acme: "1001"}}
            callers:
              release:
                - provider: github
                  claims: {repository_id: ["2002", "2003"], repository_owner_id: "1001", ref: refs/heads/*, ref_type: branch}
                - provider: jenkins
                  claims: {sub: "https://ci.acme.example/job/acme/job/shop/"}
            tasks:
              sign:
                permissions: [{resource_server: signer, actions: [sign], identifiers: ["artifact:${project}/**@sha256:{sha256}"]}]
                max_lifetime: 10m
                max_uses: 2
                lease: 60s
                max_live: 1
                allow: [release]
              read:
                permissions: [{resource_server: github, actions: ["contents:read"], identifiers: ["github:${project}"]}]
                lease: 60s
                allow:
                  - provider: github
                    claims: {repository_id: "2002", repository_owner_id: "1001", ref: refs/heads/main, ref_type: branch, teams: {contains: ops}}
            """.formatted("5e".repeat(32));

    @TempDir
    private Path folder;

    private Path policy;

    @BeforeEach
    void write() throws Exception {
        policy = Files.writeString(folder.resolve("policy.yaml"), POLICY);
    }

    private Ran ask(String question, String... more) {
        var line = new ArrayList<>(List.of("policy", question, "--policy", policy.toString()));
        line.addAll(List.of(more));
        return Ran.of(line.toArray(String[]::new));
    }

    private static JsonObject json(Ran ran) throws Exception {
        return StrictJson.parseObject(ran.out().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whoCanNamesCallersByTheirClaimsAndTheirProject() {
        var ran = ask("who-can", "--action", "sign", "--identifier", TARGET);
        assertThat(ran.out()).isEqualToNormalizingNewlines("""
                Who may sign on %s:

                By task sign, at resource server signer:
                  callers with an ID token of provider github in which (allow[0] release[0])
                    repository_id is "2002" or "2003"
                    repository_owner_id is "1001"
                    ref matches "refs/heads/*"
                    ref_type is "branch"
                    event_name is "push" or "workflow_dispatch" or "schedule" or "release" or "merge_group"
                    the project (from the claim repository) is "acme" or "acme/shop"
                  callers with an ID token of provider jenkins in which (allow[0] release[1])
                    sub is "https://ci.acme.example/job/acme/job/shop/"
                    the project (from the claim sub) is "acme/shop"
                  A token lives at most 10m, and is good for 2 uses of each target; it dies 1m after its last heartbeat.
                  At most one token of it may be alive at once.
                """.formatted(TARGET));
        assertThat(ran.code()).as(ran.err()).isZero();
    }

    @Test
    void whoCanIsJsonToo() throws Exception {
        var answer = json(ask("who-can", "--action", "sign", "--identifier", TARGET, "--json"));
        assertThat(answer.bool("anybody")).contains(true);
        var rules = answer.array("rules").orElseThrow().items();
        assertThat(rules).hasSize(2);
        assertThat(rules.get(1).toString())
                .contains("jenkins", "https://ci.acme.example/job/acme/job/shop/", "acme/shop");
    }

    @Test
    void whatNobodyMayIsSaidAndHowTheActionIsSpelt() {
        var ran = ask("who-can", "--action", "sgn", "--identifier", TARGET);
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out())
                .isEqualToNormalizingNewlines(
                        "Nobody may sgn on " + TARGET + ".\nNo task has this action. Did you mean sign?\n");
        assertThat(ask("who-can", "--action", "sign", "--identifier", TARGET, "--task", "read")
                        .code())
                .isEqualTo(1);
        assertThat(ask("who-can", "--action", "sign", "--identifier", TARGET, "--server", "github")
                        .code())
                .isEqualTo(1);
    }

    @Test
    void whatAServiceCannotGiveNobodyGets() {
        var given = ask("who-can", "--action", "contents:read", "--identifier", "github:acme/shop");
        assertThat(given.code()).as(given.err()).isZero();
        assertThat(given.out()).contains("By task read", "teams holds \"ops\"").doesNotContain("nobody");
        var others = ask("who-can", "--action", "contents:read", "--identifier", "github:mallory/shop");
        assertThat(others.code()).isEqualTo(1);
        assertThat(others.out()).contains("Nobody gets it: a rule allows it, but ");
    }

    @Test
    void whatIsAskedWronglyIsSaid() {
        assertThat(ask("who-can", "--action", "sign", "--identifier", "artifact:*")
                        .err())
                .contains("has the character '*'");
        assertThat(ask("who-can", "--action", "sign", "--identifier", "a", "--task", "sgn")
                        .err())
                .contains("The policy has no task \"sgn\".", "Did you mean sign?");
        assertThat(ask("who-can", "--action", "sign", "--identifier", "a", "--at", "noon")
                        .err())
                .contains("--at is not a time: \"noon\".");
        assertThat(ask("what-can", "--provider", "github").err()).contains("Nothing is known of the caller.");
        assertThat(ask("what-can", "--project", "acme/shop").err()).contains("It is not clear which provider");
        assertThat(ask("what-can", "--provider", "jenkins", "--project", "acme/shop")
                        .err())
                .contains("have no claim with the project's name");
        assertThat(ask("what-can", "--provider", "github", "--claim", "ref").err())
                .contains("is not NAME=TEXT");
        assertThat(ask("what-can", "--provider", "github", "--claim", "ref=a", "--claim", "ref=b")
                        .err())
                .contains("given twice");
        assertThat(ask("what-can", "--provider", "github", "--claim", "ref=a", "--all-claims")
                        .err())
                .contains("the claims have no sub");
    }

    @Test
    void whatCanSaysOnWhatItDepends() {
        var ran = ask("what-can", "--provider", "github", "--project", "acme/shop", "--claim", "ref=refs/heads/x");
        assertThat(ran.out()).isEqualToNormalizingNewlines("""
                A caller of provider github with ref "refs/heads/x", repository "acme/shop":

                MAY do task sign if its other claims are right:
                  sign on "artifact:acme/shop/**@sha256:{sha256}" at signer
                    if (allow[0] release[0])
                      repository_id is "2002" or "2003"
                      repository_owner_id is "1001"
                      ref_type is "branch"
                      event_name is "push" or "workflow_dispatch" or "schedule" or "release" or "merge_group"
                  A token lives at most 10m, and is good for 2 uses of each target; it dies 1m after its last heartbeat.
                  At most one token of it may be alive at once.

                MAY NOT do task read:
                  rule 1: ref is "refs/heads/x", and the rule wants "refs/heads/main"
                """);
        assertThat(ran.code()).as(ran.err()).isZero();
    }

    @Test
    void whatCanIsSureOfWholeClaims() throws Exception {
        var claims = Files.writeString(folder.resolve("claims.json"), """
                {"sub": "repo:acme/shop:ref:refs/heads/main", "repository_id": "2002", "repository_owner_id": "1001",
                 "repository": "acme/shop", "ref": "refs/heads/main", "ref_type": "branch", "event_name": "push"}
                """);
        var ran = ask("what-can", "--provider", "github", "--claims", claims.toString(), "--all-claims");
        assertThat(ran.out())
                .contains("MAY do task sign:\n  sign on \"artifact:acme/shop/**@sha256:{sha256}\" at signer\n  A token")
                .contains(
                        "MAY NOT do task read:\n  rule 1: teams is absent, and the rule wants an array with \"ops\"\n");
        var partly = ask("what-can", "--provider", "github", "--claims", claims.toString(), "--json");
        assertThat(json(partly).array("tasks").orElseThrow().items().get(1).toString())
                .contains("may_if", "teams");
    }
}
