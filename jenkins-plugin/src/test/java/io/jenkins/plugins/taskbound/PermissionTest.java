// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import java.lang.reflect.Method;
import java.net.URL;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** Every web method of the plugin, found by reflection: a new one is tested by being there. */
@WithJenkins
class PermissionTest {
    private static final String ARGUMENTS = "?value=no+url&issuer=http://127.0.0.1:9&credentialsId=chosen";

    private JenkinsRule jenkins;
    private WorkflowJob job;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Builds.addCredential(rule.jenkins, "taskbound");
        job = rule.createProject(WorkflowJob.class, "release");
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ)
                .everywhere()
                .to("stranger"));
    }

    private static Stream<Method> webMethods() {
        return Stream.of(
                        TaskboundConfiguration.class,
                        WithTaskTokenStep.DescriptorImpl.class,
                        TaskTokenBuildWrapper.DescriptorImpl.class,
                        TaskTarget.DescriptorImpl.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> method.getName().matches("do[A-Z].*") && !method.isSynthetic());
    }

    private static Stream<Method> globalChecks() {
        return webMethods()
                .filter(method -> method.getDeclaringClass() == TaskboundConfiguration.class
                        && !method.getName().startsWith("doFill"));
    }

    private static Stream<Method> stepChecks() {
        return webMethods()
                .filter(method -> method.getDeclaringClass() != TaskboundConfiguration.class
                        && !method.getName().startsWith("doFill"));
    }

    private static Stream<Method> fills() {
        return webMethods().filter(method -> method.getName().startsWith("doFill"));
    }

    @Test
    void thereAreSome() {
        assertThat(globalChecks()).hasSizeGreaterThanOrEqualTo(4);
        assertThat(stepChecks()).hasSizeGreaterThanOrEqualTo(8);
        assertThat(fills()).hasSize(3);
    }

    @Test
    void wantsPost() throws Exception {
        for (Method method : webMethods().toList()) {
            assertThat(method.isAnnotationPresent(RequirePOST.class))
                    .as(method.toString())
                    .isTrue();
            assertThat(call(HttpMethod.GET, "admin", method).getStatusCode())
                    .as(method.toString())
                    .isEqualTo(405);
        }
    }

    @Test
    void theGlobalChecksAreTheAdministratorsAlone() throws Exception {
        for (Method method : globalChecks().toList()) {
            assertThat(call(HttpMethod.POST, "reader", method).getStatusCode())
                    .as(method.toString())
                    .isEqualTo(403);
            assertThat(call(HttpMethod.POST, "admin", method).getStatusCode())
                    .as(method.toString())
                    .isEqualTo(200);
        }
    }

    /** The form of a step also shows to people who may not change the job: they hear nothing. */
    @Test
    void theStepsChecksSayNothingToPeopleWhoMayNotConfigureTheJob() throws Exception {
        for (Method method : stepChecks().toList()) {
            assertThat(call(HttpMethod.POST, "reader", method).getContentAsString())
                    .as(method.toString())
                    .doesNotContain("error");
            assertThat(call(HttpMethod.POST, "admin", method).getContentAsString())
                    .as(method.toString())
                    .contains("error");
        }
    }

    @Test
    void noCredentialIsNamedToPeopleWhoMayNotUseIt() throws Exception {
        for (Method method : fills().toList()) {
            assertThat(call(HttpMethod.POST, "reader", method).getContentAsString())
                    .as(method.toString())
                    .contains("chosen")
                    .doesNotContain("\"taskbound\"");
            assertThat(call(HttpMethod.POST, "admin", method).getContentAsString())
                    .as(method.toString())
                    .contains("chosen", "\"taskbound\"");
        }
    }

    private WebResponse call(HttpMethod how, String user, Method method) throws Exception {
        String name = method.getName().substring(2);
        String path = (method.getDeclaringClass() == TaskboundConfiguration.class ? "" : job.getUrl())
                + "descriptorByName/" + method.getDeclaringClass().getName().replaceAll("\\$.*", "") + "/"
                + name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1) + ARGUMENTS;
        JenkinsRule.WebClient browser =
                jenkins.createWebClient().login(user).withThrowExceptionOnFailingStatusCode(false);
        var request = new WebRequest(new URL(jenkins.getURL(), path), how);
        browser.addCrumb(request);
        return browser.getPage(request).getWebResponse();
    }
}
