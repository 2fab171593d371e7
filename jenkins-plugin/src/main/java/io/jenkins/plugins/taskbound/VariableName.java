// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The names of the environment variables through which a block finds its token. */
final class VariableName {
    static final String TOKEN = "TASKBOUND_TOKEN";
    static final String TOKEN_FILE = "TASKBOUND_TOKEN_FILE";
    static final String HEADER_FILE = "TASKBOUND_HEADER_FILE";
    static final String HANDLE = "TASKBOUND_HANDLE";

    private static final Pattern FORM = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    /**
     * What programs live on, in capitals: with a token in its place no step could start, or a program would load
     * something else. Jenkins' variables ignore case, as Windows does.
     */
    private static final Pattern TAKEN = Pattern.compile(String.join(
            "|",
            "PATH|PATHEXT|HOME|PWD|OLDPWD|SHELL|IFS|ENV|BASH_ENV|USER|USERNAME|LOGNAME|HOSTNAME|LANG|LANGUAGE|LC_.*|TZ",
            "TERM|TMP|TEMP|TMPDIR|LD_.*|DYLD_.*|COMSPEC|SYSTEMROOT|SYSTEMDRIVE|WINDIR|USERPROFILE|HOMEDRIVE|HOMEPATH",
            "APPDATA|LOCALAPPDATA|PROGRAMDATA|PROGRAMFILES.*|PSMODULEPATH",
            "JAVA_.*|JDK_.*|_JAVA_OPTIONS|CLASSPATH|MAVEN_.*|M2_HOME|M2|ANT_.*|GRADLE_.*|NODE_.*|NPM_.*|PYTHON.*|PERL5.*",
            "RUBY.*|GEM_.*|GOPATH|GOROOT|GIT_.*|DOCKER_.*|SSH_.*|(HTTPS?|NO|ALL|FTP)_PROXY",
            "WORKSPACE.*|BUILD_.*|JOB_.*|JENKINS_.*|HUDSON_.*|NODE_NAME|NODE_LABELS|EXECUTOR_NUMBER|STAGE_NAME",
            "BRANCH_.*|CHANGE_.*|TAG_.*|RUN_.*|CI|LIBRARY\\..*"));

    private VariableName() {}

    /** Why the token may not be in this variable; empty when it may. */
    static Optional<String> objection(String name) {
        if (!FORM.matcher(name).matches() || name.equals(HEADER_FILE) || name.equals(HANDLE)) {
            return Optional.of("variable must consist of letters, digits and _, must not begin with a digit, and must"
                    + " not be " + HEADER_FILE + " or " + HANDLE + ", which the block gets anyway");
        }
        return TAKEN.matcher(name.toUpperCase(Locale.ROOT)).matches()
                ? Optional.of("variable must not be " + name + ": programs or Jenkins itself use it. Choose a name of"
                        + " your own, such as SIGNER_TOKEN")
                : Optional.empty();
    }
}
