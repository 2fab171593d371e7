// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskbound.cli.Ran;
import io.taskbound.cli.TaskboundProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The lines of docs/resource-servers.md that print which entries of a token's status list have ended. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the page's lines are of a POSIX shell")
class StatusListPageIT {
    private static final String POLICY = """
            version: 1
            providers:
              github: {profile: github, issuer: "https://token.actions.githubusercontent.com", audience: "https://tokens.acme.example"}
            resource_servers:
              reader: {audience: "https://reader.acme.example", checks: status}
            tasks:
              read:
                permissions: [{resource_server: reader, actions: [read], identifiers: ["doc:*"]}]
                allow:
                  - provider: github
                    claims: {repository_id: "2002", repository_owner_id: "1001", ref: refs/heads/main, ref_type: branch}
            """;

    @TempDir
    private Path folder;

    /** The list is made when it is first asked for, so the only token of its hour is in it as closed. */
    @Test
    void showTheEntryOfAClosedToken() throws Exception {
        for (var tool : List.of("curl", "jq", "node", "base64")) {
            assumeTrue(Program.isInstalled(tool), tool + " is not installed");
        }
        var page = Files.readString(Trial.ROOT.resolve("docs/resource-servers.md"));
        var lines = page.split("```sh\nlist=", 2)[1].split("```", 2)[0];
        var policy = Files.writeString(folder.resolve("policy.yaml"), POLICY);
        Files.createSymbolicLink(
                folder.resolve("issuer-lambda"),
                Trial.ROOT.resolve("issuer-lambda").toAbsolutePath());
        var token = folder.resolve("token.txt").toString();
        try (var issuer = TaskboundProcess.start(
                "serve",
                "--dev",
                "--policy",
                policy.toString(),
                "--data",
                folder.resolve("data").toString(),
                "--port",
                "0")) {
            var url = issuer.awaitUrl();
            var minted = Ran.of(
                    "dev",
                    "token",
                    "--as",
                    "github:acme/shop@main",
                    "--issuer",
                    url,
                    "--task",
                    "read",
                    "--identifier",
                    "doc:1",
                    "--claim",
                    "repository_id=2002",
                    "--claim",
                    "repository_owner_id=1001",
                    "--claim",
                    "ref=refs/heads/main",
                    "--claim",
                    "ref_type=branch",
                    "--out",
                    token);
            assertThat(minted.code()).as(minted.err()).isZero();
            var printed = Program.run(
                    folder,
                    Map.of("TASKBOUND_ISSUER", url),
                    "",
                    List.of(
                            "sh",
                            "-ec",
                            "curl -sSf -o answer.txt --data-urlencode token@token.txt \"$TASKBOUND_ISSUER/revoke\"\nlist="
                                    + lines));
            assertThat(printed).matches("\\{\"size\":1048576,\"ended\":\\[\\d+]}");
        }
    }
}
