// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.credential;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

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
        var added = new LinkedHashMap<String, String>();
        added.put("GH_TOKEN", credential.token());
        if (!isGithubCom(credential)) {
            // gh takes GH_TOKEN for github.com and ghe.com only.
            added.put("GH_HOST", credential.serverUrl().getRawAuthority());
            added.put("GH_ENTERPRISE_TOKEN", credential.token());
        }
        added.put("GIT_TERMINAL_PROMPT", "0");
        addGitSettings(added, credential.serverUrl().toString(), own);
        return StepVariables.with(added, FOREIGN);
    }

    private static boolean isGithubCom(GithubCredential credential) {
        return credential.serverUrl().getHost().toLowerCase(Locale.ROOT).equals("github.com");
    }

    /** After those that are there. An empty value ends the list of what other files and variables say for this host. */
    private static void addGitSettings(Map<String, String> added, String server, Map<String, String> own) {
        int next = StepVariables.valueIn(own, "GIT_CONFIG_COUNT")
                .filter(text -> COUNT.matcher(text).matches())
                .map(Integer::parseInt)
                .orElse(0);
        var settings = new LinkedHashMap<String, String[]>();
        settings.put("credential." + server + ".helper", new String[] {"", HELPER});
        settings.put("credential." + server + ".useHttpPath", new String[] {"false"});
        // actions/checkout leaves a header with the job's own token.
        settings.put("http." + server + "/.extraheader", new String[] {""});
        for (var setting : settings.entrySet()) {
            for (var value : setting.getValue()) {
                added.put("GIT_CONFIG_KEY_" + next, setting.getKey());
                added.put("GIT_CONFIG_VALUE_" + next, value);
                next++;
            }
        }
        added.put("GIT_CONFIG_COUNT", Integer.toString(next));
    }
}
