// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class StepFormTest {
    @Test
    void theFormKeepsEveryField(JenkinsRule jenkins) throws Exception {
        Builds.addCredential(jenkins.jenkins, "taskbound");
        var step = new WithTaskTokenStep("sign-release");
        step.setIdentifier("artifact:acme/app.jar");
        step.setAction("sign");
        step.setIssuer("https://tokens.acme.example");
        step.setCredentialsId("taskbound");
        step.setLifetime("10m");
        step.setLease("60s");
        step.setVariable("TOKEN");
        step.setApprovalWait("20m");
        step.setFile(true);
        step.setReceipt(true);
        step.setDryRun(true);
        WithTaskTokenStep back = new StepConfigTester(jenkins).configRoundTrip(step);
        jenkins.assertEqualDataBoundBeans(step, back);
    }

    @Test
    void theFormKeepsSeveralTargets(JenkinsRule jenkins) throws Exception {
        var step = new WithTaskTokenStep("sign-release");
        var one = new TaskTarget("artifact:acme/a");
        one.setAction("sign");
        step.setDetails(List.of(one, new TaskTarget("artifact:acme/b")));
        WithTaskTokenStep back = new StepConfigTester(jenkins).configRoundTrip(step);
        assertThat(back.getDetails())
                .extracting(TaskTarget::getIdentifier)
                .containsExactly("artifact:acme/a", "artifact:acme/b");
        assertThat(back.getDetails().get(0).getAction()).isEqualTo("sign");
    }

    @Test
    void aSnippetNamesOnlyWhatIsSet(JenkinsRule jenkins) {
        var step = new WithTaskTokenStep("sign-release");
        step.setIdentifier("artifact:acme/app.jar");
        assertThat(Snippetizer.object2Groovy(step).strip())
                .startsWith("withTaskToken(identifier: 'artifact:acme/app.jar', task: 'sign-release')");
    }

    @Test
    void aSnippetOfAnEmptyFormShowsWhatIsToBeFilledIn(JenkinsRule jenkins) {
        assertThat(Snippetizer.object2Groovy(new WithTaskTokenStep("")).strip())
                .startsWith("withTaskToken(identifier: '', task: '')");
        assertThat(Snippetizer.object2Groovy(new WithTaskTokenStep("sign-release"))
                        .strip())
                .startsWith("withTaskToken(identifier: '', task: 'sign-release')");
    }

    @Test
    void aSnippetOfSeveralTargetsHasNoOther(JenkinsRule jenkins) {
        var step = new WithTaskTokenStep("sign-release");
        step.setDetails(List.of(new TaskTarget("artifact:acme/a")));
        assertThat(Snippetizer.object2Groovy(step).strip())
                .startsWith("withTaskToken(details: [[identifier: 'artifact:acme/a']], task: 'sign-release')");
    }

    @Test
    void everyParameterHasHelp(JenkinsRule jenkins) throws Exception {
        DescribableModel<WithTaskTokenStep> model = DescribableModel.of(WithTaskTokenStep.class);
        assertThat(model.getHelp()).isNotBlank();
        assertThat(model.getParameters())
                .allSatisfy(parameter ->
                        assertThat(parameter.getHelp()).as(parameter.getName()).isNotBlank());
    }
}
