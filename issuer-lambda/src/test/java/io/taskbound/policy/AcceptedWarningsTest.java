// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One line in the policy accepts a warning, for the place where it stands, and says why. */
class AcceptedWarningsTest {
    private static final String OWNER = "'provider': 'github', 'claims': {'repository_owner_id': '1001'}";
    private static final String ACCEPTED = "'accept': {'tenant-only': 'every repository may lint'}";

    private static JsonObject policy(String inRule, String inTask, String inServer, String callers) {
        return Contract.json("{'version': 1," + Documents.PROVIDERS
                + Documents.SERVERS.replace("'checks'", inServer + "'checks'")
                + "'callers': {" + callers + "},"
                + "'tasks': {'lint': {" + inTask + "'permissions': [{'resource_server': 'signer', 'actions': ['sign'],"
                + " 'identifiers': ['artifact:x']}], 'allow': [{" + inRule + OWNER + "}]}}}");
    }

    private static List<String> codes(JsonObject document) {
        return Documents.faults(document).stream()
                .map(fault -> fault.code().wire())
                .toList();
    }

    @Test
    void inTheRuleOrInItsTaskIsNoWarningAnyMore() {
        assertThat(codes(policy("", "", "", ""))).containsExactly("tenant-only");
        assertThat(codes(policy(ACCEPTED + ",", "", "", ""))).isEmpty();
        assertThat(codes(policy("", ACCEPTED + ",", "", ""))).isEmpty();
        assertThat(codes(policy("", "", ACCEPTED + ",", ""))).contains("tenant-only");
    }

    @Test
    void isSomethingThatThePolicyKnows() {
        assertThat(Documents.compiled(policy(ACCEPTED + ",", "", "", "")).acceptances())
                .containsExactly(new Acceptance("task lint", FaultCode.TENANT_ONLY, "every repository may lint"));
    }

    @Test
    void ofAnotherKindOrOfNothingIsAWarningItself() {
        var other = "'accept': {'any-ref': 'x'},";
        assertThat(codes(policy(other, "", "", ""))).containsExactlyInAnyOrder("tenant-only", "accepts-nothing");
        assertThat(codes(policy("", other, "", ""))).containsExactlyInAnyOrder("tenant-only", "accepts-nothing");
        assertThat(codes(policy("", "", other, ""))).containsExactlyInAnyOrder("tenant-only", "accepts-nothing");
        assertThat(codes(policy(ACCEPTED.replace("}", ", 'transfer': 'x'},"), "", "", "")))
                .containsExactly("accepts-nothing");
    }

    @Test
    void ofASharedRuleIsAcceptedInEachTaskThatNamesIt() {
        var rule = "{'provider': 'github', 'claims': {'repository_id': '2002', 'repository_owner_id': '1001',"
                + " 'environment': 'e'}, 'accept': {'rename': 'acme/shop keeps its name'}}";
        var document = Contract.json("{'version': 1," + Documents.PROVIDERS + Documents.SERVERS
                + "'callers': {'c': [" + rule + "]}, 'tasks': {'a': " + task("a:${project}/x") + ", 'b': "
                + task("b:${project}/x") + "}}");

        assertThat(codes(document)).isEmpty();
        assertThat(codes(Contract.json("{'version': 1," + Documents.PROVIDERS + Documents.SERVERS + "'callers': {'c': ["
                        + rule + "]}, 'tasks': {'a': " + task("a:x") + "}}")))
                .containsExactly("accepts-nothing");
    }

    private static String task(String target) {
        return "{'permissions': [{'resource_server': 'signer', 'actions': ['sign'], 'identifiers': ['" + target
                + "']}], 'allow': ['c']}";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'tenant-only': ''}            | bad-length
            {'tenant-only': '  '}          | bad-value
            {'tenant-only': true}          | wrong-type
            {}                             | bad-length
            'tenant-only'                  | wrong-type
            ['tenant-only']                | wrong-type
            {'tenant-onyl': 'a typo'}      | not-a-warning
            {'no-tenant': 'an error'}      | not-a-warning
            {'accepts-nothing': 'a trick'} | not-a-warning
            {'Tenant-Only': 'x'}           | bad-name
            """)
    void mustNameAWarningAndAReason(String accept, String code) {
        assertThat(codes(policy("'accept': " + accept + ",", "", "", ""))).contains(code);
    }

    @Test
    void misspeltIsToldWhatWasMeant() {
        assertThat(Documents.faults(policy("'accept': {'tenant-onyl': 'x'},", "", "", "")))
                .extracting(Fault::remedy)
                .contains("did you mean tenant-only?");
    }

    @Test
    void isNeverAnError() {
        var broken = policy("'accept': {'no-tenant': 'x'},", "", "", "");
        assertThat(Policy.compile(broken, 1)).isInstanceOf(Policy.Faulty.class);
    }

    @Test
    void isShownToWhoPublishes() {
        var before = Documents.compiled(policy("", "", "", ""));
        var after = Documents.compiled(policy(ACCEPTED + ",", "", "", ""));

        assertThat(PolicyDifference.between(Optional.of(before), after))
                .containsExactly(new Change(
                        "task lint",
                        Change.Effect.OTHER,
                        "accepts the warning tenant-only: \"every repository may lint\""));
        assertThat(PolicyDifference.between(Optional.of(after), before))
                .extracting(Change::words)
                .containsExactly("no longer accepts the warning tenant-only: \"every repository may lint\"");
        assertThat(PolicyDifference.between(Optional.of(after), after)).isEmpty();
    }
}
