// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.operations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskbound.cli.policy.Loaded;
import io.taskbound.cli.policy.PolicyFiles;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.StrictJson;
import io.taskbound.task.ProviderName;
import io.taskbound.task.TaskName;
import io.taskbound.token.TaskClaims;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * docs/operations.md shows files that are there, fits the policy that it shows, and names parameters that the stack
 * has.
 */
class OperationsPageTest {
    private static final Pattern PARAMETER = Pattern.compile("`((?:[A-Z][a-z]+){1,4})`");
    private static final Pattern OURS = Pattern.compile("(?m)^  ([A-Za-z]+):$");

    @ParameterizedTest
    @ValueSource(strings = {"policies/cloud.yaml", "aws/trust-policy.json", "aws/end-sessions.json"})
    void holdsTheFileWordForWord(String example) throws Exception {
        assertThat(OperationsPage.text()).contains(OperationsPage.example(example));
    }

    /** Of AWS itself, of our client, and a test. */
    private static final Set<String> OF_OTHERS =
            Set.of("MaxSessionDuration", "StringEquals", "RestoredTableTest", "GenerateDataKey");

    private static List<JsonObject> trust() throws Exception {
        var policy = StrictJson.parseObject(
                OperationsPage.example("aws/trust-policy.json").getBytes(UTF_8));
        return policy.array("Statement").orElse(JsonArray.EMPTY).items().stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private static String equalTo(JsonObject statement, String key) {
        return statement
                .object("Condition")
                .flatMap(condition -> condition.object("StringEquals"))
                .flatMap(equal -> equal.string("tokens.acme.example:" + key))
                .orElse("");
    }

    @Test
    void theTrustPolicyAdmitsTheTokenOfThePolicyThatIsShown() throws Exception {
        var loaded = (Loaded.Ok) PolicyFiles.load(OperationsPage.ROOT.resolve("docs/examples/policies"));
        var server = loaded.canonical()
                .object("resource_servers")
                .flatMap(servers -> servers.object("aws"))
                .orElseThrow();
        // The subject by numbers, as docs/audit.md has it for a repository.
        var subject = TaskClaims.subject(new TaskName("publish-dataset"), new ProviderName("github"), "repo:1001/2002");
        assertThat(trust()).hasSize(2).allSatisfy(statement -> {
            assertThat(equalTo(statement, "aud"))
                    .isEqualTo(server.string("audience").orElseThrow());
            assertThat(equalTo(statement, "sub")).isEqualTo(subject);
            assertThat(statement.string("Effect")).hasValue("Allow");
        });
        assertThat(trust().stream().map(statement -> statement.string("Action").orElseThrow()))
                .containsExactly("sts:AssumeRoleWithWebIdentity", "sts:TagSession");
    }

    @Test
    void sessionsAreEndedByAPolicyThatOnlyDenies() throws Exception {
        var policy = StrictJson.parseObject(
                OperationsPage.example("aws/end-sessions.json").getBytes(UTF_8));
        assertThat(policy.array("Statement").orElseThrow().items())
                .singleElement()
                .satisfies(statement ->
                        assertThat(((JsonObject) statement).string("Effect")).hasValue("Deny"));
    }

    /** Written as the console shows them; a name that no template has leads nowhere. */
    @Test
    void everyNameOfTheStackIsInItsTemplates() throws Exception {
        var templates = Stream.of("template.yaml", "waf.yaml")
                .map(OperationsPage.ROOT.resolve("infra")::resolve)
                .toList();
        assumeTrue(templates.stream().allMatch(Files::exists), "infra/template.yaml is not here");
        var known = new HashSet<String>(OF_OTHERS);
        for (var template : templates) {
            OURS.matcher(Files.readString(template)).results().forEach(name -> known.add(name.group(1)));
        }
        assertThat(PARAMETER.matcher(OperationsPage.text()).results().map(name -> name.group(1)))
                .filteredOn(name -> name.matches(".*[a-z][A-Z].*"))
                .isNotEmpty()
                .allMatch(known::contains);
    }
}
