// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.matrix.MatrixProject;
import hudson.model.FreeStyleProject;
import hudson.tasks.BuildWrapper;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.structs.SymbolLookup;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The form <i>Hold a task token while the build runs</i>, and the same in Job DSL. */
@WithJenkins
class BuildFormTest {
    @Test
    void theFormKeepsEveryField(JenkinsRule jenkins) throws Exception {
        Builds.addCredential(jenkins.jenkins, "taskbound");
        FreeStyleProject job = jenkins.createFreeStyleProject();
        TaskTokenBuildWrapper filled = filled();
        job.getBuildWrappersList().add(filled);
        FreeStyleProject back = jenkins.configRoundtrip(job);
        jenkins.assertEqualDataBoundBeans(filled, back.getBuildWrappersList().get(TaskTokenBuildWrapper.class));
    }

    @Test
    void theFormKeepsSeveralTargetsAndAReload(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        var wrapper = new TaskTokenBuildWrapper("sign-release");
        var one = new TaskTarget("artifact:acme/a");
        one.setAction("sign");
        wrapper.setDetails(List.of(one, new TaskTarget("artifact:acme/b")));
        job.getBuildWrappersList().add(wrapper);
        jenkins.configRoundtrip(job);
        job.doReload();
        var reloaded = jenkins.jenkins.getItemByFullName(job.getFullName(), FreeStyleProject.class);
        TaskTokenBuildWrapper back = reloaded.getBuildWrappersList().get(TaskTokenBuildWrapper.class);
        assertThat(back.getDetails())
                .extracting(TaskTarget::getIdentifier)
                .containsExactly("artifact:acme/a", "artifact:acme/b");
        assertThat(back.getDetails().get(0).getAction()).isEqualTo("sign");
        assertThat(job.getConfigFile().asString()).doesNotContain("ImmutableCollections");
    }

    @Test
    void theFormKeepsAnEmptyOne(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        var empty = new TaskTokenBuildWrapper("sign-release");
        job.getBuildWrappersList().add(empty);
        FreeStyleProject back = jenkins.configRoundtrip(job);
        jenkins.assertEqualDataBoundBeans(empty, back.getBuildWrappersList().get(TaskTokenBuildWrapper.class));
    }

    @Test
    void aMatrixJobHasItToo(JenkinsRule jenkins) throws Exception {
        MatrixProject job = jenkins.createProject(MatrixProject.class);
        HtmlPage form = jenkins.createWebClient().getPage(job, "configure");
        assertThat(form.asXml()).contains("Hold a task token while the build runs");
    }

    @Test
    void theFormMarksWhatIsRequired(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.getBuildWrappersList().add(new TaskTokenBuildWrapper(""));
        HtmlPage form = jenkins.createWebClient().getPage(job, "configure");
        assertThat(form.asXml())
                .contains("Task (required)", "Target (required, unless there are several targets)", "sign-release");
    }

    /** By what Job DSL makes of {@code wrappers { withTaskToken { task('…') } }}. */
    @Test
    void jobDslKnowsItByTheNameOfTheStep(JenkinsRule jenkins) throws Exception {
        assertThat(SymbolLookup.get().findDescriptor(BuildWrapper.class, "withTaskToken").clazz)
                .isEqualTo(TaskTokenBuildWrapper.class);
        BuildWrapper made = new UninstantiatedDescribable(
                        "withTaskToken",
                        null,
                        Map.of("task", "sign-release", "identifier", "artifact:acme/app.jar", "file", true))
                .instantiate(BuildWrapper.class, null);
        assertThat(made).isInstanceOfSatisfying(TaskTokenBuildWrapper.class, wrapper -> {
            assertThat(wrapper.getTask()).isEqualTo("sign-release");
            assertThat(wrapper.getIdentifier()).isEqualTo("artifact:acme/app.jar");
            assertThat(wrapper.isFile()).isTrue();
        });
        UninstantiatedDescribable written = DescribableModel.uninstantiate2_(filled());
        assertThat(written.getSymbol()).isEqualTo("withTaskToken");
        assertThat(written.getArguments()).doesNotContainKey("details");
        assertThat(written.getArguments().get("approvalWait")).isEqualTo("20m");
    }

    @Test
    void everySettingHasHelp(JenkinsRule jenkins) throws Exception {
        DescribableModel<TaskTokenBuildWrapper> model = DescribableModel.of(TaskTokenBuildWrapper.class);
        assertThat(model.getHelp()).isNotBlank();
        assertThat(model.getParameters())
                .allSatisfy(parameter ->
                        assertThat(parameter.getHelp()).as(parameter.getName()).isNotBlank());
        assertThat(Jenkins.get().getDescriptorByType(TaskTokenBuildWrapper.DescriptorImpl.class))
                .isNotNull();
    }

    private static TaskTokenBuildWrapper filled() {
        var wrapper = new TaskTokenBuildWrapper("sign-release");
        wrapper.setIdentifier("artifact:acme/app.jar");
        wrapper.setAction("sign");
        wrapper.setIssuer("https://tokens.acme.example");
        wrapper.setCredentialsId("taskbound");
        wrapper.setLifetime("10m");
        wrapper.setLease("60s");
        wrapper.setVariable("TOKEN");
        wrapper.setApprovalWait("20m");
        wrapper.setFile(true);
        wrapper.setReceipt(true);
        return wrapper;
    }
}
