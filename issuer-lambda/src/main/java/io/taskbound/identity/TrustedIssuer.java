// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import io.taskbound.identity.IssuerKeys.Answer;
import io.taskbound.identity.PublishedKeys.Verdict;
import io.taskbound.identity.Verification.Rejected;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** A provider together with its keys: answers whether a token was signed by it. */
final class TrustedIssuer {
    private final Provider provider;
    private final IssuerKeys keys;

    TrustedIssuer(Provider provider, IssuerKeys keys) {
        this.provider = provider;
        this.keys = keys;
    }

    static TrustedIssuer of(Provider provider, KeyFetcher fetcher) {
        return new TrustedIssuer(provider, keys(provider, fetcher));
    }

    private static IssuerKeys keys(Provider provider, KeyFetcher fetcher) {
        if (provider.keys() instanceof KeySource.Pinned pinned) {
            return IssuerKeys.pinned(
                    PublishedKeys.read(pinned.jwks().array("keys").orElseThrow()));
        }
        if (provider.keys() instanceof KeySource.JwksUri at) {
            return new KeyCache(KeyLoader.at(at.uri(), through(at.ca(), fetcher)));
        }
        var ca = provider.keys() instanceof KeySource.Discovery found ? found.ca() : Optional.<PrivateCa>empty();
        return new KeyCache(KeyLoader.discovering(provider.issuer(), through(ca, fetcher)));
    }

    private static KeyFetcher through(Optional<PrivateCa> ca, KeyFetcher fetcher) {
        return uri -> fetcher.get(uri, ca);
    }

    Provider provider() {
        return provider;
    }

    /** Fetches the keys unless they are known; empty if they can be used. */
    Optional<KeyTrouble> fetchKeys(Instant now) {
        return keys.current(now).match(there -> there.keys().trouble(), outOfReach -> Optional.of(outOfReach.why()));
    }

    /** What is known of a signature once the keys were asked. */
    sealed interface Signed {
        /** One function for each alternative. */
        <T> T match(Function<Good, T> good, Function<Refused, T> refused, Function<Unknown, T> unknown);

        /**
         * {@code keyChanged}: only after the keys were fetched again, under a key id that was known before;
         * {@code keysStale}: by keys kept beyond their normal life, {@code staleBecause} of that.
         */
        record Good(boolean keyChanged, boolean keysStale, Optional<KeyTrouble> staleBecause) implements Signed {
            @Override
            public <T> T match(Function<Good, T> good, Function<Refused, T> refused, Function<Unknown, T> unknown) {
                return good.apply(this);
            }
        }

        record Refused(Rejected rejection) implements Signed {
            @Override
            public <T> T match(Function<Good, T> good, Function<Refused, T> refused, Function<Unknown, T> unknown) {
                return refused.apply(this);
            }
        }

        record Unknown(Duration retryAfter, KeyTrouble why) implements Signed {
            @Override
            public <T> T match(Function<Good, T> good, Function<Refused, T> refused, Function<Unknown, T> unknown) {
                return unknown.apply(this);
            }
        }
    }

    Signed check(CompactJws jws, Instant now) {
        var algorithm = SignatureAlgorithm.named(jws.algorithm())
                .filter(named -> provider.algorithms().contains(named.wire()));
        if (algorithm.isEmpty()) {
            return refused(Rejection.ALGORITHM_NOT_ALLOWED);
        }
        return check(algorithm.get(), jws, now);
    }

    private Signed check(SignatureAlgorithm algorithm, CompactJws jws, Instant now) {
        return keys.current(now).match(seen -> check(seen, algorithm, jws, now), outOfReach -> unknown(outOfReach));
    }

    private Signed check(Answer.Keys seen, SignatureAlgorithm algorithm, CompactJws jws, Instant now) {
        var first = seen.keys().check(algorithm, jws);
        if (first != Verdict.UNKNOWN_KID && first != Verdict.BAD) {
            return conclusion(first, good(false, seen), seen.keys(), jws);
        }
        return keys.again(seen, now)
                .match(
                        again -> checkAgain(first, again, algorithm, jws),
                        outOfReach -> first == Verdict.BAD ? refusal(first, seen.keys(), jws) : unknown(outOfReach));
    }

    private static Signed checkAgain(Verdict first, Answer.Keys again, SignatureAlgorithm algorithm, CompactJws jws) {
        var second = again.keys().check(algorithm, jws);
        // A known key that did not sign this is an answer, though the issuer was not asked; an unknown key id is none.
        if (second == Verdict.UNKNOWN_KID && again.doubt().isPresent()) {
            return first == Verdict.BAD
                    ? refusal(first, again.keys(), jws)
                    : unknown(again.doubt().get());
        }
        return conclusion(second, good(first == Verdict.BAD, again), again.keys(), jws);
    }

    private static Signed.Good good(boolean keyChanged, Answer.Keys by) {
        return new Signed.Good(
                keyChanged, by.stale(), by.doubt().filter(doubt -> by.stale()).map(Answer.OutOfReach::why));
    }

    private static Signed unknown(Answer.OutOfReach outOfReach) {
        return new Signed.Unknown(outOfReach.retryAfter(), outOfReach.why());
    }

    private static Signed conclusion(Verdict verdict, Signed.Good good, PublishedKeys keys, CompactJws jws) {
        return verdict == Verdict.GOOD ? good : refusal(verdict, keys, jws);
    }

    private static Signed refusal(Verdict verdict, PublishedKeys keys, CompactJws jws) {
        return switch (verdict) {
            case GOOD -> throw new IllegalArgumentException("a good signature is not refused");
            case UNKNOWN_KID ->
                refused(keys.trouble()
                        .map(trouble -> Rejected.of(Rejection.UNKNOWN_KEY, trouble.text()))
                        .orElseGet(() -> Rejected.of(Rejection.UNKNOWN_KEY)));
            case KEY_DOES_NOT_FIT -> refused(Rejection.ALGORITHM_NOT_ALLOWED);
            case IMPOSSIBLE -> refused(Rejection.BAD_SIGNATURE);
            case BAD -> keyChanged(jws);
        };
    }

    /** The key id is one that the issuer publishes, so that naming it repeats nothing that the token brought. */
    private static Signed keyChanged(CompactJws jws) {
        return jws.kid()
                .map(kid -> refused(Rejected.of(Rejection.KEY_CHANGED, "key id " + kid)))
                .orElse(refused(Rejection.BAD_SIGNATURE));
    }

    private static Signed refused(Rejection reason) {
        return refused(Rejected.of(reason));
    }

    private static Signed refused(Rejected rejection) {
        return new Signed.Refused(rejection);
    }
}
