// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.status.StatusDocument;
import io.taskbound.status.StatusList;
import io.taskbound.status.StatusListName;
import io.taskbound.status.StatusListToken;
import io.taskbound.token.SignerUnavailable;
import io.taskbound.token.SigningKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Publishes status lists. A list is built once in {@link StatusListToken#TTL} by each instance, however many ask: of
 * several threads one builds, and the others get what it built. Anybody may ask, so only names that a list can have now
 * reach the ledger, and what is kept is bounded.
 */
public final class PublishStatus {
    /** Every name that a list can have now, of four hours at most: so nobody can push out a list that is in use. */
    private static final int MAX_KEPT = 4 * StatusListName.MAX_LISTS;

    /**
     * How long a list that is not there counts as absent. Shorter than a list is kept: whoever asked before the first
     * token of an hour was minted must not keep that token's server from its list.
     */
    private static final Duration ABSENT_FOR = Duration.ofSeconds(2);

    /** Anybody may ask, so not each request may reach a ledger or a key that just failed. */
    private static final Duration FAILURE_COOL_DOWN = Duration.ofSeconds(2);

    private final String issuer;
    private final Ledger ledger;
    private final SigningKeys keys;
    private final DeniedHandles denied;

    private final Map<StatusListName, Kept> kept = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<StatusListName, Kept> eldest) {
            return size() > MAX_KEPT;
        }
    };

    public PublishStatus(String issuer, Ledger ledger, SigningKeys keys) {
        this.issuer = issuer;
        this.ledger = ledger;
        this.keys = keys;
        this.denied = new DeniedHandles(ledger);
    }

    /**
     * A list, signed.
     *
     * @param freshFor how long it may still be used, at most {@link StatusListToken#TTL}
     */
    public record Published(StatusDocument list, Duration freshFor) {}

    /** Throws again what kept a list from being built. */
    private interface Outage {
        void rise() throws SignerUnavailable;
    }

    private static final Outage NONE = () -> {};

    private static final class Kept {
        private Instant until = Instant.MIN;
        private Instant built = Instant.MIN;
        private Optional<StatusDocument> list = Optional.empty();
        private Outage outage = NONE;
    }

    /**
     * The list of this name; empty when there is none.
     *
     * @throws LedgerUnavailable when it cannot be read
     * @throws SignerUnavailable when it cannot be signed
     */
    public Optional<Published> list(String name, Instant now) throws SignerUnavailable {
        var list = StatusListName.parse(name).filter(known -> known.isOf(now, Ledger.MAX_SKEW));
        return list.isPresent() ? list(list.get(), now) : Optional.empty();
    }

    private Optional<Published> list(StatusListName name, Instant now) throws SignerUnavailable {
        var entry = kept(name);
        synchronized (entry) {
            if (!now.isBefore(entry.until) || now.isBefore(entry.built)) {
                build(entry, name, now);
            }
            entry.outage.rise();
            var until = entry.until;
            return entry.list.map(list -> new Published(list, Duration.between(now, until)));
        }
    }

    private void build(Kept entry, StatusListName name, Instant now) {
        entry.built = now;
        entry.list = Optional.empty();
        entry.outage = NONE;
        try {
            entry.list = built(name, now).map(StatusDocument::of);
            entry.until = now.plus(entry.list.isPresent() ? StatusListToken.TTL : ABSENT_FOR);
        } catch (LedgerUnavailable away) {
            entry.outage = () -> {
                throw away;
            };
            entry.until = now.plus(FAILURE_COOL_DOWN);
        } catch (SignerUnavailable away) {
            entry.outage = () -> {
                throw away;
            };
            entry.until = now.plus(FAILURE_COOL_DOWN);
        }
    }

    private Kept kept(StatusListName name) {
        synchronized (kept) {
            return kept.computeIfAbsent(name, any -> new Kept());
        }
    }

    private Optional<String> built(StatusListName name, Instant now) throws SignerUnavailable {
        var ended = ledger.statusLists().ended(name);
        if (ended.isEmpty()) {
            return Optional.empty();
        }
        denied.mark(name, ended.get(), now);
        return Optional.of(StatusListToken.sign(
                StatusList.of(ended.get(), StatusList.CAPACITY),
                issuer,
                StatusAddress.of(issuer, name),
                now,
                keys.signing()));
    }
}
