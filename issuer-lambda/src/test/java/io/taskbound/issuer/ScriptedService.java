// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.credential.Access;
import io.taskbound.credential.CredentialOrder;
import io.taskbound.credential.CredentialRefused;
import io.taskbound.credential.CredentialService;
import io.taskbound.credential.CredentialUnavailable;
import io.taskbound.credential.ForeignCredential;
import io.taskbound.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A foreign service that does what a test tells it to, and knows what it has made and what is alive. Its credentials
 * live for an hour; of a kind that cannot be revoked, until the order's end.
 */
final class ScriptedService<A extends Access> implements CredentialService<A> {
    static final Duration LIFE = Duration.ofHours(1);
    static final String CANARY = "foreign-secret-";

    final Set<String> made = Collections.synchronizedSet(new LinkedHashSet<>());
    final Set<String> revoked = Collections.synchronizedSet(new LinkedHashSet<>());
    private final boolean revocable;
    private Trouble beforeIssuing = () -> {};
    private Trouble afterIssuing = () -> {};
    private Trouble beforeRevoking = () -> {};

    ScriptedService(boolean revocable) {
        this.revocable = revocable;
    }

    /** What happens at one point of an exchange. */
    @FunctionalInterface
    interface Trouble {
        void happen() throws CredentialRefused, CredentialUnavailable;
    }

    void beforeIssuing(Trouble trouble) {
        beforeIssuing = trouble;
    }

    void afterIssuing(Trouble trouble) {
        afterIssuing = trouble;
    }

    void beforeRevoking(Trouble trouble) {
        beforeRevoking = trouble;
    }

    Set<String> alive() {
        synchronized (made) {
            var alive = new LinkedHashSet<>(made);
            alive.removeAll(Set.copyOf(revoked));
            return alive;
        }
    }

    @Override
    public Instant mayLiveUntil(A access, CredentialOrder order) {
        return revocable ? order.now().plus(LIFE) : order.dead().plusSeconds(60);
    }

    @Override
    public ForeignCredential issue(A access, CredentialOrder order) throws CredentialRefused, CredentialUnavailable {
        beforeIssuing.happen();
        var secret = newSecret();
        afterIssuing.happen();
        return new ForeignCredential(
                JsonObject.builder().put("token", secret).build(),
                JsonObject.builder().put("where", "https://service.example").build(),
                mayLiveUntil(access, order).minusSeconds(revocable ? 5 : 0),
                revocable ? Optional.of(secret) : Optional.empty());
    }

    private String newSecret() {
        synchronized (made) {
            var secret = CANARY + made.size();
            made.add(secret);
            return secret;
        }
    }

    @Override
    public void revoke(String revocation) throws CredentialUnavailable {
        try {
            beforeRevoking.happen();
        } catch (CredentialRefused neverHere) {
            throw new AssertionError(neverHere);
        }
        revoked.add(revocation);
    }
}
