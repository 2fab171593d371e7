// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import io.taskbound.client.internal.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** A status list that was verified: the issuer's signature, its address, its times. */
final class PublishedStatus {
    /** A list of 2^20 entries that does not compress, as a JWT, and some more. */
    static final int MAX_TEXT = 512 * 1024;

    private static final int MAX_BYTES = 256 * 1024;
    private static final Duration SKEW = Duration.ofSeconds(30);
    /** Against a clock so far ahead that each list would be due at once. */
    private static final Duration SHORTEST = Duration.ofSeconds(5);

    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final String TYPE = "statuslist+jwt";

    private final byte[] bits;
    private final Instant freshUntil;
    private final Instant until;

    private PublishedStatus(byte[] bits, Instant freshUntil, Instant until) {
        this.bits = bits;
        this.freshUntil = freshUntil;
        this.until = until;
    }

    /** A newer one is due from this instant on. */
    Instant freshUntil() {
        return freshUntil;
    }

    /** Refused from this instant on. */
    Instant until() {
        return until;
    }

    /** Whether there is such an entry, and whether it is set; empty when there is none. */
    Optional<Boolean> hasEnded(long index) {
        if (index < 0 || index >= bits.length * 8L) {
            return Optional.empty();
        }
        int entry = (int) index;
        return Optional.of(((bits[entry >> 3] >> (entry & 7)) & 1) == 1);
    }

    /** Reads what was answered; empty when it is not a list of the issuer's at this address that is valid now. */
    static Optional<PublishedStatus> read(
            byte[] answer, String address, IssuerUrl issuer, Function<String, IssuerKeys.Lookup> keys, Instant now) {
        return parsed(answer)
                .filter(jws -> isSigned(jws, keys))
                .flatMap(jws -> JsonObject.parse(jws.getPayload().toBytes()))
                .filter(claims -> claims.text("sub").filter(address::equals).isPresent()
                        && claims.text("iss").filter(issuer::isNamedBy).isPresent())
                .flatMap(claims -> timed(claims, now));
    }

    private static Optional<JWSObject> parsed(byte[] answer) {
        try {
            var jws = JWSObject.parse(new String(answer, StandardCharsets.US_ASCII));
            var header = jws.getHeader();
            boolean ours = JWSAlgorithm.ES256.equals(header.getAlgorithm())
                    && header.getType() != null
                    && TYPE.equals(header.getType().getType())
                    && header.getCriticalParams() == null
                    && header.getKeyID() != null;
            return ours ? Optional.of(jws) : Optional.empty();
        } catch (ParseException | IllegalArgumentException notAJws) {
            return Optional.empty();
        }
    }

    private static boolean isSigned(JWSObject jws, Function<String, IssuerKeys.Lookup> keys) {
        try {
            return keys.apply(jws.getHeader().getKeyID()) instanceof IssuerKeys.Lookup.Found found
                    && jws.verify(new ECDSAVerifier(found.key()));
        } catch (JOSEException notVerifiable) {
            return false;
        }
    }

    private static Optional<PublishedStatus> timed(JsonObject claims, Instant now) {
        var issued = claims.whole("iat").map(Instant::ofEpochSecond).filter(at -> !at.isAfter(now.plus(SKEW)));
        var until = claims.whole("exp").map(Instant::ofEpochSecond).filter(now::isBefore);
        var ttl = claims.whole("ttl")
                .filter(seconds -> seconds > 0 && seconds <= LONGEST.toSeconds())
                .map(Duration::ofSeconds);
        if (issued.isEmpty() || until.isEmpty() || ttl.isEmpty()) {
            return Optional.empty();
        }
        var due = issued.get().plus(ttl.get());
        var soonest = now.plus(SHORTEST);
        return claims.object("status_list")
                .filter(list -> list.whole("bits").filter(bits -> bits == 1).isPresent())
                .flatMap(list -> list.text("lst"))
                .flatMap(PublishedStatus::inflated)
                .map(bits -> new PublishedStatus(bits, due.isBefore(soonest) ? soonest : due, until.get()));
    }

    /** Empty also for what would unpack to more than any list has. */
    private static Optional<byte[]> inflated(String compressed) {
        var inflater = new Inflater();
        try {
            inflater.setInput(Base64.getUrlDecoder().decode(compressed));
            var out = new ByteArrayOutputStream();
            var buffer = new byte[16 * 1024];
            while (!inflater.finished()) {
                int length = inflater.inflate(buffer);
                if (length == 0 || out.size() + length > MAX_BYTES) {
                    return Optional.empty();
                }
                out.write(buffer, 0, length);
            }
            return Optional.of(out.toByteArray());
        } catch (DataFormatException | IllegalArgumentException notCompressed) {
            return Optional.empty();
        } finally {
            inflater.end();
        }
    }
}
