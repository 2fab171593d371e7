// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.credential;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The variables of {@code gh}, and settings of git for the credential's host alone. */
final class GithubVariables {
    private static final Set<String> FOREIGN =
            Set.of("GITHUB_TOKEN", "GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN", "GH_HOST");

    /** The token stands in no file and on no command line: the shell's own printf writes it. */
    private static final String HELPER =
            "!f() { test \"$1\" = get && printf 'username=x-access-token\\npassword=%s\\n' \"$GH_TOKEN\"; }; f";

    private static final Pattern COUNT = Pattern.compile("\\d{1,4}");

    private GithubVariables() {}

    static StepVariables of(GithubCredential credential, Map<String, String> own) {
        var added = variables(credential);
        addNumbered(added, settings(credential), own);
        return StepVariables.with(added, FOREIGN);
    }

    /** Git's settings in the one variable in which {@code git -c} hands them to the programs that it starts. */
    static StepVariables inOneVariable(GithubCredential credential, Map<String, String> own) {
        var added = variables(credential);
        var before = StepVariables.valueIn(own, "GIT_CONFIG_PARAMETERS");
        var ours = settings(credential).stream().map(setting -> quoted(setting.key + "=" + setting.value));
        added.put("GIT_CONFIG_PARAMETERS", Stream.concat(before.stream(), ours).collect(Collectors.joining(" ")));
        return StepVariables.with(added, FOREIGN);
    }

    /** For a POSIX shell, whose rules git follows here. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static Map<String, String> variables(GithubCredential credential) {
        var added = new LinkedHashMap<String, String>();
        added.put("GH_TOKEN", credential.token());
        if (!isGithubCom(credential)) {
            // gh takes GH_TOKEN for github.com and ghe.com only.
            added.put("GH_HOST", credential.serverUrl().getRawAuthority());
            added.put("GH_ENTERPRISE_TOKEN", credential.token());
        }
        added.put("GIT_TERMINAL_PROMPT", "0");
        return added;
    }

    private static boolean isGithubCom(GithubCredential credential) {
        return credential.serverUrl().getHost().toLowerCase(Locale.ROOT).equals("github.com");
    }

    private record Setting(String key, String value) {}

    /** An empty value ends the list of what other files and variables say for this host. */
    private static List<Setting> settings(GithubCredential credential) {
        var server = credential.serverUrl().toString();
        return List.of(
                new Setting("credential." + server + ".helper", ""),
                new Setting("credential." + server + ".helper", HELPER),
                new Setting("credential." + server + ".useHttpPath", "false"),
                // actions/checkout leaves a header with the job's own token.
                new Setting("http." + server + "/.extraheader", ""));
    }

    /** After those that are there. */
    private static void addNumbered(Map<String, String> added, List<Setting> settings, Map<String, String> own) {
        int next = StepVariables.valueIn(own, "GIT_CONFIG_COUNT")
                .filter(text -> COUNT.matcher(text).matches())
                .map(Integer::parseInt)
                .orElse(0);
        for (var setting : settings) {
            added.put("GIT_CONFIG_KEY_" + next, setting.key);
            added.put("GIT_CONFIG_VALUE_" + next, setting.value);
            next++;
        }
        added.put("GIT_CONFIG_COUNT", Integer.toString(next));
    }
}
