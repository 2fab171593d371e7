// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** The keys of one issuer, as a verifier asks for them. */
interface IssuerKeys {

    /** The keys to verify with now. */
    Answer current(Instant now);

    /** The keys again, after those of {@code seen} did not verify a token: a provider may have replaced its keys. */
    Answer again(Answer.Keys seen, Instant now);

    sealed interface Answer {
        /** One function for each alternative. */
        <T> T match(Function<Keys, T> keys, Function<OutOfReach, T> outOfReach);

        /**
         * Keys to verify with. {@code asked} counts the fetches made before the question; {@code doubt} says why a key
         * that is not among them may exist anyway: the last fetch failed, or the issuer was asked too recently to be
         * asked for this token; {@code stale} when they are kept beyond their normal life because the issuer is out of
         * reach.
         */
        record Keys(PublishedKeys keys, long asked, Optional<OutOfReach> doubt, boolean stale) implements Answer {
            @Override
            public <T> T match(Function<Keys, T> keys, Function<OutOfReach, T> outOfReach) {
                return keys.apply(this);
            }
        }

        record OutOfReach(Duration retryAfter, KeyTrouble why) implements Answer {
            @Override
            public <T> T match(Function<Keys, T> keys, Function<OutOfReach, T> outOfReach) {
                return outOfReach.apply(this);
            }
        }
    }

    /** Keys that are part of the configuration: never fetched, never out of reach. */
    static IssuerKeys pinned(PublishedKeys keys) {
        var answer = new Answer.Keys(keys, 0, Optional.empty(), false);
        return new IssuerKeys() {
            @Override
            public Answer current(Instant now) {
                return answer;
            }

            @Override
            public Answer again(Answer.Keys seen, Instant now) {
                return answer;
            }
        };
    }
}
