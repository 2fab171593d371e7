// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.ledger.TokenRecord;
import java.util.Optional;
import java.util.function.Function;

/** The answer to one question of a policy enforcement point. */
public sealed interface Evaluation {
    /** One function for each alternative. */
    <T> T match(Function<Permitted, T> permitted, Function<Denied, T> denied, Function<Refused, T> refused);

    /**
     * @param record what was granted, from the ledger
     * @param firstUse whether this is the first time that this use is counted; absent where none is
     * @param nonce what the next proof of its key must carry, where it is bound to one
     */
    record Permitted(TokenRecord record, Optional<Boolean> firstUse, Optional<String> nonce) implements Evaluation {
        @Override
        public <T> T match(Function<Permitted, T> permitted, Function<Denied, T> denied, Function<Refused, T> refused) {
            return permitted.apply(this);
        }
    }

    /**
     * @param why absent for what is not a token that we signed for the server that asks
     * @param nonce what the next proof of its key must carry, where this one is to blame
     */
    record Denied(Optional<Why> why, Optional<String> nonce) implements Evaluation {
        @Override
        public <T> T match(Function<Permitted, T> permitted, Function<Denied, T> denied, Function<Refused, T> refused) {
            return denied.apply(this);
        }
    }

    /** Not decided at all: bad credentials, or an outage. */
    record Refused(Refusal refusal) implements Evaluation {
        @Override
        public <T> T match(Function<Permitted, T> permitted, Function<Denied, T> denied, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }

    /**
     * One word, and, where the question itself is at fault, what to do about it.
     *
     * @param word of a bounded set: what {@link TokenState.Why} has, and the four below
     */
    record Why(String word, Optional<String> remedy) {
        static final Why NOT_A_TASK_TOKEN = new Why(
                "not_a_task_token",
                Optional.of("subject.type must be task_token, subject.id its jti, and subject.properties.token the"
                        + " token"));
        static final Why SUBJECT_MISMATCH = new Why(
                "subject_mismatch", Optional.of("subject.id must be the jti of the token in subject.properties.token"));
        static final Why USE_ID_REQUIRED = new Why(
                "use_id_required",
                Optional.of("the token has a limited number of uses, or is bound to a key: send context.use_id, one for"
                        + " each use"));

        /** The word for a question that cannot be understood; its remedy says what is wrong with it. */
        public static final String MALFORMED = "malformed";

        static Why malformed(String fault) {
            return new Why(MALFORMED, Optional.of(fault));
        }

        static Why of(TokenState.Why why) {
            return new Why(why.wire(), Optional.empty());
        }
    }
}
