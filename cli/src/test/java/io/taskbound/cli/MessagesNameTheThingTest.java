// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who typed something wrong reads what it was, and what to type instead; it is not a fault of ours. */
class MessagesNameTheThingTest {
    private static final Map<String, String> CREDENTIALS =
            Map.of("AWS_ACCESS_KEY_ID", "local", "AWS_SECRET_ACCESS_KEY", "local", "AWS_REGION", "us-east-1");

    @ParameterizedTest
    @CsvSource({
        "policy check no-such.yaml, no-such.yaml",
        "policy secret Signer!, Signer!",
        "policy explain --request-id R1 --audit no-such.jsonl, no-such.jsonl",
        "policy explain --request-id R!1 --log-group G, R!1",
        "policy explain --request-id R1 --log-group G --since soon, soon",
        "policy push no-such.yaml --table tokens --endpoint-url http://127.0.0.1:1, no-such.yaml",
        "policy log --table tokens --endpoint-url http://127.0.0.1:1, tokens",
        "serve --policy no-such.yaml, no-such.yaml",
        "serve --dev --port 99999, 99999",
        "serve --dev --issuer-url ftp://here, ftp://here",
        "dev dynamodb --table x, x",
        "dev dynamodb --port 99999, 99999",
        "dev id-token --provider nobody --claims no-such.json, no-such.json",
        "keys rotate --table tokens --publish-for soon, soon",
        "keys retire short --table tokens, short",
        "keys list --table to/kens, to/kens",
        "keys list --table tokens --endpoint-url http://127.0.0.1:1, tokens",
        "tokens list --table tokens --endpoint-url http://127.0.0.1:1, tokens",
        "tokens list --table to/kens, to/kens",
        "verify no-such.txt, JWT",
        "verify @no-such.txt, no-such.txt",
        "approve no-such.id --issuer http://127.0.0.1:1, Not an approval",
        "approvals --issuer to/kens, to/kens",
        "dev id-token --person a!b --issuer http://127.0.0.1:1, http://127.0.0.1:1",
        "mcp-gateway --map no-such.yaml --server s --secret-file x, no-such.yaml",
        "mcp-gateway check no-such.yaml, no-such.yaml",
        "guard --rules no-such.yaml --server s --secret-file x, no-such.yaml",
        "guard check no-such.yaml, no-such.yaml",
        "run --task Deploy! --identifier x --issuer http://127.0.0.1:1 -- true, --task",
        "run --task deploy --identifier x --issuer http://127.0.0.1:1 --lease soon -- true, --lease"
    })
    void theMessageNamesWhatWasTyped(String line, String named) {
        var ran = Ran.with(CREDENTIALS, "", line.split(" "));
        assertThat(ran.code()).as(ran.out() + ran.err()).isIn(1, 2);
        assertThat(ran.err()).contains(named).doesNotContain("internal error", "Exception");
        assertThat(ran.err().lines().flatMap(each -> Stream.of(each.split("taskbound: ", 2))))
                .allMatch(sentence -> sentence.length() < 400);
    }
}
