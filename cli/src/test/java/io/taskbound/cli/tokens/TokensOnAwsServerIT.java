// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.json.JsonObject;
import io.taskbound.local.AwsServer;
import io.taskbound.local.OnAwsServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Against an AWS that has STS beside DynamoDB: whose credentials they are is asked of it. */
@ExtendWith(OnAwsServer.class)
class TokensOnAwsServerIT {
    private static AwsServer server;

    @BeforeAll
    static void start(AwsServer started) {
        server = started;
    }

    @Test
    void theArnOfWhoRevokesIsRecordedAndTheIssuerHeedsIt() {
        try (var issuer = new TableIssuer(server.endpoint(), server.credentials())) {
            issuer.publishPolicy();
            var token = issuer.mint("deploy");
            var other = issuer.mint("sign");

            assertThat(issuer.tokens("revoke", "--task", "deploy", "--why", "INC-7", "--dry-run")
                            .out())
                    .contains("arn:aws:sts::")
                    .contains(token.handle());
            assertThat(issuer.introspects(token)).isTrue();
            issuer.json("revoke", "--task", "deploy", "--why", "INC-7", "--yes");

            assertThat(issuer.introspects(token)).isFalse();
            assertThat(issuer.isRefused("deploy")).isTrue();
            assertThat(issuer.redeems(other, "one")).isTrue();
            var entry = (JsonObject)
                    issuer.json("denied").array("entries").orElseThrow().items().get(0);
            assertThat(entry.string("by").orElseThrow()).startsWith("arn:aws:sts::");
            assertThat(issuer.tokens("show", token.handle()).out()).contains("by arn:aws:sts::");

            var lifted = issuer.json("lift", entry.string("entry").orElseThrow(), "--why", "over", "--yes");
            assertThat(lifted.string("by").orElseThrow()).startsWith("arn:aws:sts::");
            assertThat(issuer.introspects(token)).isTrue();
        }
    }
}
