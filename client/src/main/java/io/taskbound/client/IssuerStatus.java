// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/**
 * The issuer's status lists (draft Token Status List), fetched when a token names one. A list is used for its
 * {@code ttl}; when no newer one can be had, until its {@code exp}; then nothing is known of its tokens, and none is
 * accepted. Single flight for each list; who has one that is still valid does not wait for another's fetch, and for its
 * own only briefly. After a failed fetch the next one waits. Bounded: only addresses under the issuer's own, so many
 * lists, and none longer than an issuer publishes.
 */
final class IssuerStatus {
    private static final String PATH = "/status/";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final String ACCEPT = "application/statuslist+jwt";
    private static final int MAX_LISTS = 32;
    private static final Optional<byte[]> NOTHING = Optional.empty();
    private static final Duration FAILURE_COOL_DOWN = Duration.ofSeconds(5);
    private static final Patience PATIENCE = new Patience(
            2, Duration.ofSeconds(20), Duration.ofSeconds(10), Duration.ofMillis(200), Duration.ofMillis(200));
    /** While the list that is held is still valid. */
    private static final Patience BRIEF = new Patience(
            2, Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofMillis(200), Duration.ofMillis(200));

    private final IssuerUrl issuer;
    private final Calls calls;
    private final IssuerKeys keys;
    private final Clock clock;

    private final Map<String, Known> lists = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MAX_LISTS;
        }
    };

    IssuerStatus(IssuerUrl issuer, Calls calls, IssuerKeys keys, Clock clock) {
        this.issuer = issuer;
        this.calls = calls.upTo(PublishedStatus.MAX_TEXT);
        this.keys = keys;
        this.clock = clock;
    }

    /** What is known of a list; changed under its own lock. */
    private static final class Known {
        private final ReentrantLock fetching = new ReentrantLock();
        private volatile Optional<PublishedStatus> list = Optional.empty();
        private volatile Outage problem = Outage.notSent("the status list was not asked for yet");
        private volatile Instant nextTry = Instant.MIN;

        Optional<PublishedStatus> valid(Instant now) {
            return list.filter(held -> now.isBefore(held.until()));
        }

        boolean isDue(Instant now) {
            boolean fresh = list.filter(held -> now.isBefore(held.freshUntil())).isPresent();
            return !fresh && !now.isBefore(nextTry);
        }

        boolean locked() {
            fetching.lock();
            return true;
        }
    }

    /** Empty when the list says that the token has not ended. */
    Optional<Verification> objection(StatusClaim claim) {
        if (!isOurs(claim.address())) {
            return rejected(Rejection.BAD_STATUS);
        }
        var known = known(claim.address());
        refresh(known, claim.address());
        var list = known.valid(clock.instant());
        if (list.isEmpty()) {
            return Optional.of(new Verification.Unavailable(known.problem));
        }
        var ended = list.get().hasEnded(claim.index());
        if (ended.isEmpty()) {
            return rejected(Rejection.BAD_STATUS);
        }
        return ended.get() ? rejected(Rejection.ENDED) : Optional.empty();
    }

    private static Optional<Verification> rejected(Rejection reason) {
        return Optional.of(new Verification.Rejected(reason));
    }

    private boolean isOurs(String address) {
        var base = issuer.endpoint(PATH).toString();
        return address.startsWith(base)
                && NAME.matcher(address.substring(base.length())).matches();
    }

    private Known known(String address) {
        synchronized (lists) {
            return lists.computeIfAbsent(address, any -> new Known());
        }
    }

    private void refresh(Known known, String address) {
        var now = clock.instant();
        if (!known.isDue(now)) {
            return;
        }
        boolean canDoWithout = known.valid(now).isPresent();
        if (canDoWithout ? !known.fetching.tryLock() : !known.locked()) {
            return;
        }
        try {
            // Another thread may have asked while this one waited.
            if (known.isDue(clock.instant())) {
                fetch(known, address, canDoWithout ? BRIEF : PATIENCE);
            }
        } finally {
            known.fetching.unlock();
        }
    }

    private void fetch(Known known, String address, Patience patience) {
        Reply reply = calls.send(
                issuer.endpoint(address.substring(issuer.toString().length())),
                Map.of("Accept", ACCEPT, "Accept-Encoding", "gzip"),
                new byte[0],
                patience);
        var at = clock.instant();
        reply.match(received -> taken(known, received, address, at), none -> failed(known, none.outage(), at));
    }

    private Known taken(Known known, Reply.Received received, String address, Instant at) {
        var list = (received.status() == 200 ? DecodedBody.of(received.answer(), PublishedStatus.MAX_TEXT) : NOTHING)
                .flatMap(body -> PublishedStatus.read(body, address, issuer, kid -> keys.find(kid, at), at));
        if (list.isEmpty()) {
            return failed(known, received.notAnIssuer("without a status list that is valid now"), at);
        }
        known.list = list;
        return known;
    }

    /** What was held before stays good for as long as it says. */
    private static Known failed(Known known, Outage outage, Instant at) {
        known.problem = outage;
        known.nextTry = at.plus(FAILURE_COOL_DOWN);
        return known;
    }
}
