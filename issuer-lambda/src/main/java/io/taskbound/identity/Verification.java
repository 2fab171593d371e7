// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import io.taskbound.task.ProviderName;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** The verifier's answer. */
public sealed interface Verification {
    /** One function for each alternative. */
    <T> T match(Function<Verified, T> verified, Function<Rejected, T> rejected, Function<Unavailable, T> unavailable);

    record Verified(Identity identity) implements Verification {
        @Override
        public <T> T match(
                Function<Verified, T> verified, Function<Rejected, T> rejected, Function<Unavailable, T> unavailable) {
            return verified.apply(this);
        }
    }

    /**
     * The token proves nothing. The provider is named when the issuer is a configured one, which before the signature
     * is checked is all that is repeated of the token; the detail is for the audit log and holds no token text.
     */
    record Rejected(Rejection reason, Optional<ProviderName> provider, Optional<String> detail)
            implements Verification {
        static Rejected of(Rejection reason) {
            return new Rejected(reason, Optional.empty(), Optional.empty());
        }

        static Rejected of(Rejection reason, String detail) {
            return new Rejected(reason, Optional.empty(), Optional.of(detail));
        }

        Rejected by(ProviderName provider) {
            return new Rejected(reason, Optional.of(provider), detail);
        }

        @Override
        public <T> T match(
                Function<Verified, T> verified, Function<Rejected, T> rejected, Function<Unavailable, T> unavailable) {
            return rejected.apply(this);
        }
    }

    /** The provider's keys are out of reach and no kept copy is young enough; nothing is known about the token. */
    record Unavailable(ProviderName provider, Duration retryAfter, KeyTrouble why) implements Verification {
        @Override
        public <T> T match(
                Function<Verified, T> verified, Function<Rejected, T> rejected, Function<Unavailable, T> unavailable) {
            return unavailable.apply(this);
        }
    }
}
