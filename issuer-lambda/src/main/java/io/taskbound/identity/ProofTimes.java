// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import io.taskbound.identity.Verification.Rejected;
import io.taskbound.json.JsonNumber;
import io.taskbound.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When an ID token was issued and until when it counts (RFC 7519 section 4.1; threat model R28, R29). {@code exp} and
 * {@code iat} must be numbers, {@code nbf} too where it is present. Clocks may differ by the leeway; the age limit is
 * exact.
 */
record ProofTimes(Instant issuedAt, Instant expiresAt, Optional<Instant> notBefore) {
    private static final long END_OF_9999 = 253_402_300_799L;

    /** Empty when a required time is missing, no number, or not within the years 1970 to 9999. */
    static Optional<ProofTimes> read(JsonObject claims) {
        var issued = time(claims, "iat");
        var expires = time(claims, "exp");
        var notBefore = time(claims, "nbf");
        if (issued.isEmpty() || expires.isEmpty() || (claims.has("nbf") && notBefore.isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(new ProofTimes(issued.get(), expires.get(), notBefore));
    }

    Optional<Rejected> rejection(Purpose use, Duration maxAge, Duration leeway, Instant now) {
        if (!expiresAt.isAfter(issuedAt)) {
            return Optional.of(Rejected.of(Rejection.BAD_CLAIMS, "exp is not after iat"));
        }
        // At exp itself a token is already dead (section 4.1.4), here as there.
        if (!now.isBefore(expiresAt.plus(leeway))) {
            return Optional.of(Rejected.of(Rejection.EXPIRED, "expired at " + expiresAt));
        }
        // At nbf itself it is already good (section 4.1.5).
        if (notBefore.orElse(issuedAt).isAfter(now.plus(leeway)) || issuedAt.isAfter(now.plus(leeway))) {
            return Optional.of(Rejected.of(Rejection.NOT_YET_VALID, "issued at " + issuedAt));
        }
        if (Duration.between(issuedAt, expiresAt).compareTo(IdToken.MAX_LIFE) > 0) {
            return Optional.of(Rejected.of(Rejection.LIFE_TOO_LONG, "expires at " + expiresAt));
        }
        return ageRejection(use, maxAge, now);
    }

    private Optional<Rejected> ageRejection(Purpose use, Duration maxAge, Instant now) {
        boolean tooOld =
                use instanceof Purpose.Exchange && issuedAt.plus(maxAge).isBefore(now);
        return tooOld ? Optional.of(Rejected.of(Rejection.TOO_OLD, "issued at " + issuedAt)) : Optional.empty();
    }

    private static Optional<Instant> time(JsonObject claims, String name) {
        return claims.get(name).filter(JsonNumber.class::isInstance).flatMap(value -> time((JsonNumber) value));
    }

    private static Optional<Instant> time(JsonNumber seconds) {
        var whole = seconds.wholeNumber();
        if (whole.isEmpty()) {
            return time(seconds.value());
        }
        return whole.getAsLong() >= 0 && whole.getAsLong() <= END_OF_9999
                ? Optional.of(Instant.ofEpochSecond(whole.getAsLong()))
                : Optional.empty();
    }

    /** Compared as a decimal before it becomes a long: a huge number must be refused, not wrap around. */
    private static Optional<Instant> time(BigDecimal seconds) {
        return seconds.signum() >= 0 && seconds.compareTo(BigDecimal.valueOf(END_OF_9999)) <= 0
                ? Optional.of(instant(seconds))
                : Optional.empty();
    }

    private static Instant instant(BigDecimal seconds) {
        var whole = seconds.setScale(0, RoundingMode.FLOOR);
        var nanos = seconds.subtract(whole).movePointRight(9).setScale(0, RoundingMode.FLOOR);
        return Instant.ofEpochSecond(whole.longValueExact(), nanos.longValueExact());
    }
}
