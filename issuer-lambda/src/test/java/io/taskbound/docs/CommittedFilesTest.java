// SPDX-License-Identifier: Apache-2.0
package io.taskbound.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No file carries a path of the machine it was written on, or a token on a command line. */
class CommittedFilesTest {
    private static final Pattern TEXT = Pattern.compile(
            ".*\\.(md|java|json|ya?ml|xml|sh|py|mjs|js|ts|txt|properties|toml)|.*/(taskbound|run|mvnw|Dockerfile)");

    /** In pieces, so that this file does not hold what it looks for. */
    private static final List<Pattern> PLACES = List.of(
            Pattern.compile("(?<![\\w.-])/" + "(root|work|home/[a-z]+)/[\\w.-]+"),
            Pattern.compile("(?<![\\w.-])/" + "Users/[\\w.-]+/"),
            Pattern.compile("[A-Z]:\\\\" + "Users\\\\[\\w.-]+"),
            Pattern.compile("/tmp/" + "(wt|plan|bash_jobs)"));

    private static final List<Pattern> SECRETS = List.of(
            Pattern.compile("--(id-)?token[ =](ey|\\$)"),
            Pattern.compile("-H\\s+[\"']?[Aa]uthorization: *(Bearer|Basic) "),
            Pattern.compile("(subject_)?token=(ey|\\$\\{?[A-Z_]*TOKEN)"),
            Pattern.compile("curl\\b[^\\n]*\\s(-u|--user)[ =]"),
            Pattern.compile("Bearer" + " ey[A-Za-z0-9_-]{8}"));

    @Test
    void noFileNamesAPlaceOnAMachine() {
        assertThat(findings(PLACES)).isEmpty();
    }

    @Test
    void noCommandLineHoldsASecret() {
        assertThat(findings(SECRETS)).isEmpty();
    }

    private static List<String> findings(List<Pattern> patterns) {
        var findings = new ArrayList<String>();
        for (var file : Tree.files()) {
            if (TEXT.matcher(file.toString()).matches() && !looksForSecretsItself(file)) {
                var text = Tree.text(file).replaceAll("\\\\\\R\\s*", " ");
                patterns.forEach(pattern -> pattern.matcher(text)
                        .results()
                        .forEach(hit -> findings.add(Tree.ROOT.relativize(file) + ": " + hit.group())));
            }
        }
        return findings;
    }

    private static boolean looksForSecretsItself(Path file) {
        return file.endsWith("CommittedFilesTest.java") || file.endsWith("CommandLinesHoldNoSecretTest.java");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "taskbound run --token eyJhbGciOiJFUzI1NiJ9",
                "curl -H \"Authorization: Bearer $TOKEN\" x",
                "curl -d token=$TASKBOUND_TOKEN x",
                "curl -d subject_token=eyJhbGciOiJFUzI1NiJ9 x",
                "curl --silent -u signer:secret x"
            })
    void thePatternsFindASecretOnACommandLine(String line) {
        assertThat(SECRETS).anyMatch(pattern -> pattern.matcher(line).find());
    }

    @ParameterizedTest
    @ValueSource(strings = {"see /" + "root/.m2/settings.xml", "/" + "home/alice/shop", "/" + "Users/alice/shop"})
    void thePatternsFindAPlaceOnAMachine(String line) {
        assertThat(PLACES).anyMatch(pattern -> pattern.matcher(line).find());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "curl --data-urlencode token@token.txt x",
                "curl --config server.curlrc x",
                "the header `Authorization: Bearer …`",
                "https://example.org/work/main"
            })
    void thePatternsLeaveTheSafeFormsAlone(String line) {
        assertThat(SECRETS).noneMatch(pattern -> pattern.matcher(line).find());
        assertThat(PLACES).noneMatch(pattern -> pattern.matcher(line).find());
    }
}
