// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A claim whose text holds signs of a pattern, such as the ids in braces of Bitbucket, can be bound as it is. */
class ExactValueTest {
    private static final String UUID = "{c15e4b2d-7d0a-4c5e-9e55-0a3f6d1c2b7e}";

    private static JsonObject document(String claims, String more) {
        return Contract.json("{'version': 1, 'providers': {'bitbucket': {'profile': 'generic',"
                + "'issuer': 'https://api.bitbucket.example', 'audience': 'us'}}," + Documents.SERVERS
                + "'tasks': {'t': {'permissions': [{'resource_server': 'signer', 'actions': ['a'], 'identifiers': ['x']}],"
                + "'allow': [{'provider': 'bitbucket', 'claims': {" + claims + "}" + more + "}]}}}");
    }

    private static boolean admits(JsonObject document, String claims) {
        return Documents.compiled(document)
                        .decide(
                                Documents.caller("bitbucket", "generic", Contract.json("{" + claims + "}")),
                                Documents.request("t", Documents.permission("x", "a")),
                                Instant.EPOCH)
                instanceof Decision.Granted;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'exact': 'ID'}               | 'ID'          | true
            {'exact': 'ID'}               | 'idx'         | false
            [{'exact': 'ID'}, 'b*']       | 'ID'          | true
            [{'exact': 'ID'}, 'b*']       | 'branch'      | true
            {'exact': 'a*'}               | 'a*'          | true
            {'exact': 'a*'}               | 'ab'          | false
            {'exact': 'a**{sha256}'}      | 'a**{sha256}' | true
            {'exact': '${x}'}             | '${x}'        | true
            {'contains': {'exact': 'ID'}} | ['y', 'ID']   | true
            {'contains': {'exact': 'a*'}} | ['ab']        | false
            """)
    void isThatTextAndNoOther(String written, String claim, boolean admitted) {
        var document = document("'sub': 's', 'workspace': " + written.replace("ID", UUID), "");

        assertThat(admits(document, "'sub': 's', 'workspace': " + claim.replace("ID", UUID)))
                .isEqualTo(admitted);
    }

    @Test
    void bindsATenantAndANestedClaim() {
        var document = document(
                "'sub': {'exact': '" + UUID + ":{step}'}",
                ", 'nested': [{'path': ['a', 'b'], 'value': {'exact': '{x}'}}]");

        assertThat(admits(document, "'sub': '" + UUID + ":{step}', 'a': {'b': '{x}'}"))
                .isTrue();
        assertThat(admits(document, "'sub': '" + UUID + ":{step}', 'a': {'b': 'x'}"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'exact': 7}
            {'exact': ['a']}
            {'exact': {'exact': 'a'}}
            {'exact': 'a', 'contains': 'b'}
            {'exact': 'a', 'x': 'b'}
            """)
    void isOneText(String written) {
        assertThat(Documents.faults(document("'sub': 's', 'workspace': " + written, "")))
                .extracting(Fault::severity)
                .containsOnly(Severity.ERROR);
    }

    @Test
    void isSuggestedWhereAPatternMeansNothing() {
        assertThat(Documents.faults(document("'sub': '" + UUID + "'", "")))
                .extracting(Fault::remedy)
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .contains("{exact: \"…\"}");
    }

    @Test
    void isShownAsItIsWritten() {
        var before = Documents.compiled(document("'sub': 's', 'workspace': 'a*'", ""));
        var after = Documents.compiled(document("'sub': 's', 'workspace': {'exact': 'a*'}", ""));

        assertThat(PolicyDifference.between(java.util.Optional.of(before), after))
                .extracting(Change::effect)
                .isEqualTo(List.of(Change.Effect.NARROWER));
    }
}
