// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.policy.Policy;
import java.util.function.Function;
import java.util.function.Supplier;

/** What was found in the place where policies are published. */
public sealed interface PolicyReading {
    /** One function for each alternative. */
    <T> T match(
            Function<Good, T> good,
            Function<Refused, T> refused,
            Function<Absent, T> absent,
            Function<Unchanged, T> unchanged);

    /** What a first reading must find, or what there is instead, as it is thrown. */
    <X extends Throwable> Policy orElseThrow(Function<Refused, X> refusal, Supplier<X> none) throws X;

    /** A version that may be put in force. */
    record Good(Policy policy) implements PolicyReading {
        @Override
        public <T> T match(
                Function<Good, T> good,
                Function<Refused, T> refused,
                Function<Absent, T> absent,
                Function<Unchanged, T> unchanged) {
            return good.apply(this);
        }

        @Override
        public <X extends Throwable> Policy orElseThrow(Function<Refused, X> refusal, Supplier<X> none) {
            return policy;
        }
    }

    /**
     * A version that must not be put in force.
     *
     * @param number the version's
     * @param why for the audit log
     */
    record Refused(long number, String why) implements PolicyReading {
        @Override
        public <T> T match(
                Function<Good, T> good,
                Function<Refused, T> refused,
                Function<Absent, T> absent,
                Function<Unchanged, T> unchanged) {
            return refused.apply(this);
        }

        @Override
        public <X extends Throwable> Policy orElseThrow(Function<Refused, X> refusal, Supplier<X> none) throws X {
            throw refusal.apply(this);
        }
    }

    /** Nothing was ever published. */
    record Absent() implements PolicyReading {
        @Override
        public <T> T match(
                Function<Good, T> good,
                Function<Refused, T> refused,
                Function<Absent, T> absent,
                Function<Unchanged, T> unchanged) {
            return absent.apply(this);
        }

        @Override
        public <X extends Throwable> Policy orElseThrow(Function<Refused, X> refusal, Supplier<X> none) throws X {
            throw none.get();
        }
    }

    /** What is in force is the newest. */
    record Unchanged() implements PolicyReading {
        @Override
        public <T> T match(
                Function<Good, T> good,
                Function<Refused, T> refused,
                Function<Absent, T> absent,
                Function<Unchanged, T> unchanged) {
            return unchanged.apply(this);
        }

        @Override
        public <X extends Throwable> Policy orElseThrow(Function<Refused, X> refusal, Supplier<X> none) throws X {
            throw none.get();
        }
    }
}
