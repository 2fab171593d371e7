// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import io.taskbound.identity.KeyFetcher;
import io.taskbound.issuer.CurrentPolicy;
import io.taskbound.issuer.PolicyReading;
import io.taskbound.issuer.PolicyTerms;
import io.taskbound.issuer.PublishedPolicy;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.ledger.PolicyStore;
import io.taskbound.policy.Policy;
import io.taskbound.token.Es256PublicKey;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The policy that is published in the table, followed from then on. */
final class TablePolicyComponent implements Component<CurrentPolicy> {
    private final Supplier<PolicyStore> store;
    private final String table;
    private final PolicyTerms terms;
    private final Optional<KmsSignerComponent> key;
    private final KeyFetcher fetcher;
    private final Consumer<String> operatorLog;
    private final Clock clock;

    /** @param key whose signature the policy must carry; opened only for its public half */
    TablePolicyComponent(
            Supplier<PolicyStore> store,
            String table,
            PolicyTerms terms,
            Optional<KmsSignerComponent> key,
            KeyFetcher fetcher,
            Consumer<String> operatorLog,
            Clock clock) {
        this.store = store;
        this.table = table;
        this.terms = terms;
        this.key = key;
        this.fetcher = fetcher;
        this.operatorLog = operatorLog;
        this.clock = clock;
    }

    @Override
    public CurrentPolicy open() throws NotReady {
        var published = new PublishedPolicy(store.get(), table, terms, publishingKey());
        return CurrentPolicy.following(published, first(published), fetcher, clock.instant(), operatorLog);
    }

    /** Without the key nothing can be trusted: then the policy is out of reach, not unsigned. */
    private Optional<Es256PublicKey> publishingKey() throws NotReady {
        if (key.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Es256PublicKey.of(key.get().open().publicKeys()));
        } catch (NotReady outOfReach) {
            throw new NotReady(Missing.POLICY_UNREACHABLE);
        }
    }

    private Policy first(PublishedPolicy published) throws NotReady {
        try {
            return published.first().orElseThrow(this::refused, () -> new NotReady(Missing.POLICY_ABSENT));
        } catch (LedgerUnavailable outOfReach) {
            throw new NotReady(Missing.POLICY_UNREACHABLE);
        }
    }

    private NotReady refused(PolicyReading.Refused refused) {
        operatorLog.accept("taskbound: policy version " + refused.number() + " is refused: " + refused.why());
        return new NotReady(Missing.POLICY_REFUSED);
    }
}
