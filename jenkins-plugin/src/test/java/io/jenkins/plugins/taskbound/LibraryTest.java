// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.FilePath;
import io.jenkins.plugins.taskbound.TestLedger.Standing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The example of a shared library, with a signer that only says what it was sent. */
@WithJenkins
class LibraryTest {
    private static final Path STEP = Path.of("examples", "library", "vars", "signRelease.groovy");

    @RegisterExtension
    private final TestIssuer issuer = new TestIssuer();

    @Test
    void signsTheFileWithATokenForItAlone(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = Builds.on(jenkins, issuer)
                .job("node { withEnv([\"PATH+CURL=${pwd()}/bin\"]) {\n"
                        + "def library = load 'signRelease.groovy'\n library.call 'app.jar' } }");
        FilePath workspace = jenkins.jenkins.getWorkspaceFor(job);
        workspace.child("signRelease.groovy").write(Files.readString(STEP) + "\nreturn this\n", "UTF-8");
        workspace.child("app.jar").write("a release", "UTF-8");
        FilePath curl = workspace.child("bin").child("curl");
        curl.write("#!/bin/sh\nshift 2; printf 'signed %s for %s' \"$3\" \"$(cut -c 1-21 \"${1#@}\")\"\n", "UTF-8");
        curl.chmod(0755);
        WorkflowRun run = jenkins.assertBuildStatusSuccess(job.scheduleBuild2(0));
        assertThat(workspace.child("app.jar.sig").readToString())
                .isEqualTo("signed @app.jar for Authorization: Bearer");
        assertThat(issuer.requests("/token").get(0).get("authorization_details"))
                .contains("\"artifact:acme/shop/app.jar@sha256:" + sha256("a release") + "\"");
        assertThat(issuer.standing(issuer.onlyToken())).isEqualTo(Standing.CLOSED);
        new TokenTraces(issuer.onlyToken()).assertNoneIn(JenkinsRule.getLog(run));
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
