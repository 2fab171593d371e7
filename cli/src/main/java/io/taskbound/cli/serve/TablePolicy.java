// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.serve;

import io.taskbound.cli.cloud.StackOutput;
import io.taskbound.cli.cloud.TableOptions;
import io.taskbound.cli.publish.PolicyKey;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.issuer.CurrentPolicy;
import io.taskbound.issuer.PolicyTerms;
import io.taskbound.issuer.PublishedPolicy;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.ledger.PolicyStore;
import io.taskbound.policy.Policy;
import io.taskbound.token.Es256PublicKey;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The policy that is published in the table, followed as the function follows it: a look at most every 30 s. */
final class TablePolicy implements AutoCloseable {
    private final DynamoDbClient client;
    private final CurrentPolicy current;

    private TablePolicy(DynamoDbClient client, CurrentPolicy current) {
        this.client = client;
        this.current = current;
    }

    /** @param typedKey whose signature each version must carry; without it, unsigned ones are taken, too */
    static TablePolicy open(TableOptions options, Optional<String> typedKey, String issuerUrl, CommandContext context)
            throws Complaint {
        try (var table = options.open(context)) {
            var key = options.ofTypedStack(StackOutput.POLICY_KEY, typedKey, context);
            var publishingKey = key.isPresent()
                    ? Optional.of(publicHalf(PolicyKey.open(key.get(), table.cloud())))
                    : Optional.<Es256PublicKey>empty();
            var client = table.cloud().dynamoOfIssuer();
            try {
                // The time from before the reading: what is published during it is found by the next look.
                var now = context.clock().instant();
                // With a person's patience; whoever asks for a token later waits less for a look.
                var first = first(published(table.client(), table.name(), issuerUrl, publishingKey), table.name());
                var published = published(client, table.name(), issuerUrl, publishingKey);
                context.say("policy " + first.version().label() + " from the table " + table.name());
                return new TablePolicy(
                        client, CurrentPolicy.following(published, first, KeyFetching.of(context), now, context::warn));
            } catch (Complaint | RuntimeException e) {
                client.close();
                throw e;
            }
        }
    }

    private static PublishedPolicy published(
            DynamoDbClient client, String table, String issuerUrl, Optional<Es256PublicKey> publishingKey) {
        return new PublishedPolicy(
                new PolicyStore(new DynamoTable(client, table)), table, PolicyTerms.of(issuerUrl), publishingKey);
    }

    private static Es256PublicKey publicHalf(PolicyKey key) {
        try (key) {
            return key.publicHalf();
        }
    }

    private static Policy first(PublishedPolicy published, String table) throws Complaint {
        try {
            return published
                    .first()
                    .orElseThrow(
                            refused -> Complaint.refused(
                                    "Version " + refused.number() + " of the policy in the table " + table
                                            + " is refused: " + refused.why() + ".",
                                    "Publish a valid one with `taskbound policy push`."),
                            () -> Complaint.refused(
                                    "No policy is published in the table " + table
                                            + ", and without one nothing is issued.",
                                    "Publish one with `taskbound policy push PATH --table " + table + "`."));
        } catch (LedgerUnavailable e) {
            throw Complaint.refused(
                    "The policy in the table " + table + " cannot be read: " + e.getMessage() + ".",
                    "Check that your AWS credentials may read it.");
        }
    }

    CurrentPolicy current() {
        return current;
    }

    @Override
    public void close() {
        client.close();
    }
}
