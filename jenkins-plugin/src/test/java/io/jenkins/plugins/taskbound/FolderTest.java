// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import static io.jenkins.plugins.taskbound.Builds.STEP;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Result;
import io.jenkins.plugins.taskbound.TestLedger.Standing;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A credential of a folder is for the jobs below it, and for nobody else. */
@WithJenkins
class FolderTest {
    private static final String OWN = STEP + ", credentialsId: 'team-only') {}";

    @RegisterExtension
    private final TestIssuer issuer = new TestIssuer();

    private Builds builds;
    private Folder team;

    @BeforeEach
    void configure(JenkinsRule jenkins) throws Exception {
        builds = Builds.on(jenkins, issuer);
        team = jenkins.createProject(Folder.class, "team");
        Builds.addCredential(team, "team-only");
    }

    @Test
    void aJobInTheFolderProvesTheFoldersIssuer() throws Exception {
        builds.end(start(team, OWN), Result.SUCCESS);
        assertThat(issuer.standing(issuer.onlyToken())).isEqualTo(Standing.CLOSED);
        assertThat(claims().getString("iss")).endsWith("/oidc/job/team");
    }

    @Test
    void aJobInAFolderBelowItToo() throws Exception {
        builds.end(start(team.createProject(Folder.class, "below"), OWN), Result.SUCCESS);
        assertThat(claims().getString("iss")).endsWith("/oidc/job/team");
        assertThat(claims().getString("sub")).endsWith("/job/team/job/below/job/release/");
    }

    @Test
    void aJobOutsideDoesNotFindIt() throws Exception {
        WorkflowRun run = builds.fail(OWN);
        Builds.assertOneSentence("This build cannot find the credential 'team-only'", run);
        assertThat(issuer.requests("/token")).isEmpty();
    }

    @Test
    void aJobInASiblingFolderDoesNotFindIt() throws Exception {
        WorkflowRun run = builds.end(start(Jenkins.get().createProject(Folder.class, "other"), OWN), Result.FAILURE);
        Builds.assertOneSentence("This build cannot find the credential 'team-only'", run);
    }

    @Test
    void theFoldersOwnHidesTheSystemsOfTheSameName() throws Exception {
        Builds.addCredential(team, "taskbound");
        builds.end(start(team, STEP + ") {}"), Result.SUCCESS);
        assertThat(claims().getString("iss")).endsWith("/oidc/job/team");
    }

    @Test
    void aHardKillInTheFolderIsClosedToo() throws Exception {
        WorkflowRun run = start(team, STEP + ", credentialsId: 'team-only') { sleep 100 }");
        Builds.eventually(() -> JenkinsRule.getLog(run).contains("Sleeping"));
        run.doKill();
        builds.end(run, Result.ABORTED);
        assertThat(issuer.standing(issuer.onlyToken())).isEqualTo(Standing.CLOSED);
    }

    private static WorkflowRun start(Folder where, String script) throws Exception {
        WorkflowJob job = where.createProject(WorkflowJob.class, "release");
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job.scheduleBuild2(0).waitForStart();
    }

    private JSONObject claims() {
        String payload = issuer.requests("/token").get(0).get("subject_token").split("\\.", -1)[1];
        return JSONObject.fromObject(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8));
    }
}
