// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.step;

import io.taskbound.client.IssuerClient;
import io.taskbound.client.ReceiptAnswer;
import io.taskbound.client.internal.Printable;
import io.taskbound.client.receipt.ReceiptVerifier;
import io.taskbound.client.receipt.VerifiedReceipt;
import java.util.Optional;
import java.util.function.Function;

/**
 * The receipt of a step's token, which the keys of its issuer verified before anybody keeps it; or why there is none.
 */
public sealed interface StepReceipt {
    /**
     * The issuer that was asked signed it, and it is of the token that it was asked for.
     *
     * @param envelope the text as it came, without blanks around it
     */
    record Verified(String envelope, VerifiedReceipt receipt) implements StepReceipt {}

    /** @param why a clause for people, printable and without a secret */
    record Missing(String why) implements StepReceipt {}

    /**
     * Verifies what the issuer answered with the keys that it publishes, which are fetched here.
     *
     * @param handle of the token whose receipt was asked for
     * @param issuer that was asked
     */
    static StepReceipt of(ReceiptAnswer answer, String handle, IssuerClient issuer) {
        return answer.match(
                received -> verified(received.envelope().strip(), handle, issuer),
                refused ->
                        new Missing("the issuer refused: " + refused.refusal().code()),
                unavailable -> new Missing(unavailable.outage().sentence()));
    }

    private static StepReceipt verified(String envelope, String handle, IssuerClient issuer) {
        return issuer.publishedKeys()
                .match(
                        published -> ReceiptVerifier.with(published.jwks())
                                .verify(envelope)
                                .match(
                                        accepted -> own(envelope, accepted.receipt(), handle, issuer),
                                        rejected -> notKept(rejected.flaw().sentence())),
                        unavailable -> new Missing("it came, and the issuer's keys to verify it did not: "
                                + unavailable.outage().sentence()));
    }

    private static StepReceipt own(String envelope, VerifiedReceipt receipt, String handle, IssuerClient issuer) {
        return foreign(receipt, handle, issuer)
                .<StepReceipt>map(StepReceipt::notKept)
                .orElseGet(() -> new Verified(envelope, receipt));
    }

    private static Optional<String> foreign(VerifiedReceipt receipt, String handle, IssuerClient issuer) {
        if (!receipt.handle().equals(handle)) {
            return Optional.of("it is the receipt of another token");
        }
        return issuer.issuer().isNamedBy(receipt.issuer())
                ? Optional.empty()
                : Optional.of("it names another issuer: if " + Printable.of(receipt.issuer())
                        + " is yours, name the issuer like that");
    }

    private static StepReceipt notKept(String flaw) {
        return new Missing("what came was not kept: " + flaw);
    }

    /** One function for each kind of result. */
    default <T> T match(Function<Verified, T> verified, Function<Missing, T> missing) {
        return this instanceof Verified it ? verified.apply(it) : missing.apply((Missing) this);
    }
}
