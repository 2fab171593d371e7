// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.roles;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.Ran;
import io.taskbound.local.AwsCli;
import io.taskbound.local.AwsServer;
import io.taskbound.local.OnAwsServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code policy check-roles} against an IAM that somebody else wrote. */
@ExtendWith(OnAwsServer.class)
class CheckRolesOnAwsServerIT {
    private static final String ACCOUNT = "123456789012";
    private static final String ISSUER = "arn:aws:iam::" + ACCOUNT + ":role/taskbound-issuer";
    private static final String TRUST = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"%s"},
              "Action":["sts:AssumeRole","sts:TagSession","sts:SetSourceIdentity"],
              "Condition":{"StringEquals":{"aws:RequestTag/taskbound:task":"migrate"}}}]}""";

    private static String endpoint = "";

    @TempDir
    private Path folder;

    @BeforeAll
    static void make(AwsServer server) throws Exception {
        endpoint = server.endpoint().toString();
        var cli = AwsCli.on(server, Path.of(System.getProperty("taskbound.root", ".")));
        create(cli, "migration", TRUST.formatted(ISSUER));
        create(cli, "open", TRUST.formatted("arn:aws:iam::" + ACCOUNT + ":root"));
    }

    private static void create(AwsCli cli, String name, String trust) throws Exception {
        cli.run(
                Map.of("AWS_ACCESS_KEY_ID", "local", "AWS_SECRET_ACCESS_KEY", "local"),
                List.of(
                        "iam",
                        "create-role",
                        "--role-name",
                        name,
                        "--path",
                        "/steps/",
                        "--assume-role-policy-document",
                        trust));
    }

    private Ran check(String... arns) throws Exception {
        var servers = new StringBuilder();
        for (int i = 0; i < arns.length; i++) {
            servers.append("  server-" + i + ": {kind: aws-role, role_arn: \"" + arns[i]
                    + "\", actions: {read: [s3:GetObject]}}\n");
        }
        var policy = Files.writeString(folder.resolve("policy.yaml"), """
                version: 1
                providers:
                  github: {profile: github, issuer: https://token.actions.githubusercontent.com, audience: https://tokens.acme.example}
                resource_servers:
                %scallers:
                  main: [{provider: github, claims: {repository_id: "2002", repository_owner_id: "1001", ref: refs/heads/main, ref_type: branch}}]
                tasks:
                  migrate:
                    permissions: [{resource_server: server-0, actions: [read], identifiers: ["s3:exports/datasets/**"]}]
                    lease: 60s
                    allow: [main]
                """.formatted(servers));
        return Ran.with(
                Map.of("AWS_ACCESS_KEY_ID", "local", "AWS_SECRET_ACCESS_KEY", "local"),
                "",
                "policy",
                "check-roles",
                policy.toString(),
                "--issuer-role",
                ISSUER,
                "--endpoint-url",
                endpoint);
    }

    private static String role(String name) {
        return "arn:aws:iam::" + ACCOUNT + ":role/steps/" + name;
    }

    @Test
    void findsNothingWrongWithARoleThatTrustsTheIssuerAlone() throws Exception {
        var ran = check(role("migration"));

        assertThat(ran.out()).as(ran.err()).isEqualTo("OK  " + role("migration") + "\n");
        assertThat(ran.code()).as(ran.err()).isZero();
    }

    @Test
    void saysWhoElseIsLetInAndGoesOn() throws Exception {
        var ran = check(role("open"), role("migration"), role("absent"));

        assertThat(ran.code()).isOne();
        assertThat(ran.out())
                .contains("OK  " + role("migration") + "\n")
                .contains("FAULTY  " + role("open") + "\n  It lets others in: arn:aws:iam::123456789012:root")
                .contains("NOT CHECKED  " + role("absent") + "\n", "NoSuchEntity", "iam:GetRole");
    }

    /** Credentials of one account see its own role of that name. */
    @Test
    void takesNoRoleOfAnotherAccountForIt() throws Exception {
        var ran = check("arn:aws:iam::444455556666:role/steps/migration");

        assertThat(ran.code()).isOne();
        assertThat(ran.out()).contains("NOT CHECKED", "is another one");
    }

    @Test
    void wantsTheIssuersRole() {
        var ran = Ran.of("policy", "check-roles", "policy.yaml", "--issuer-role", "issuer");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("Not the ARN of a role");
    }
}
