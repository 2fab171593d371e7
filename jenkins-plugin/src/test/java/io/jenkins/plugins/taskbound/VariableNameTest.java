// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VariableNameTest {
    private static WithTaskTokenStep named(String variable) {
        var step = new WithTaskTokenStep("sign-release");
        step.setVariable(variable);
        step.setFile(true);
        return step;
    }

    @ParameterizedTest
    @ValueSource(strings = {"TASKBOUND_HEADER_FILE", "TASKBOUND_HANDLE", "A B", "A=B", "9LIVES", "A-B", "Ä", "A\nB"})
    void wouldHideTheTokenFromItsBlock(String variable) {
        assertThatThrownBy(() -> new FilledForm(named(variable)).delivery())
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("variable must consist");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PATH",
                "Path",
                "path",
                "HOME",
                "JAVA_HOME",
                "JAVA_TOOL_OPTIONS",
                "LD_PRELOAD",
                "BASH_ENV",
                "IFS",
                "TMPDIR",
                "WORKSPACE",
                "BUILD_NUMBER",
                "JENKINS_URL",
                "NODE_OPTIONS",
                "PYTHONPATH",
                "https_proxy",
                "LC_ALL",
                "ComSpec",
                "GIT_SSH_COMMAND",
                "MAVEN_OPTS",
                "CLASSPATH",
                "PATHEXT",
                "JENKINS_NODE_COOKIE"
            })
    void isWhatProgramsLiveOn(String variable) {
        assertThatThrownBy(() -> new FilledForm(named(variable)).delivery())
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("variable must not be " + variable);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SIGNER_TOKEN", "_t", "token9", "MY_PATH", "HOMER", "TOKEN", "GH_TOKEN", "VAULT_TOKEN"})
    void names(String variable) throws AbortException {
        assertThat(new FilledForm(named(variable)).delivery().variable()).isEqualTo(variable);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void isTheUsualOneWithoutAName(String variable) throws AbortException {
        assertThat(new FilledForm(named(variable)).delivery().variable()).isEqualTo("TASKBOUND_TOKEN_FILE");
    }
}
