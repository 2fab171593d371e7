// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import io.taskbound.client.dpop.PresentedProof;
import io.taskbound.client.dpop.ProofVerifier;
import io.taskbound.client.internal.JsonObject;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Checks task tokens offline for one resource server, with the issuer's published keys (RFC 9068 section 4, RFC 8725).
 *
 * <p><b>What it cannot know:</b> whether a token was closed, unless the policy says {@code checks: status} for this
 * server. Then its tokens carry {@code status}, and the issuer's status list is fetched once a minute: a token that has
 * ended is accepted for about a minute more, and none without a list that is valid. With {@code checks: offline} a
 * closed token is accepted until {@code exp}; {@link Builder#requiringStatus} rejects such tokens. A server whose
 * tokens have a limited number of uses must redeem ({@link IssuerClient#redeem}); a token that carries {@code max_uses}
 * is therefore rejected here unless {@link Builder#redeemingAfterwards} was called.
 *
 * <p>Times: at {@code exp} a token is dead, with no tolerance unless {@link Builder#expiryLeeway} grants one;
 * {@code nbf} has 30 seconds of tolerance. An accepted token permits nothing by itself: ask
 * {@link VerifiedTask#permits}.
 *
 * <p>A token that is bound to a key is accepted only with a proof of it: {@link #verify(String, PresentedProof)}.
 * Thread-safe.
 */
public final class TaskVerifier {
    private static final Duration NOT_BEFORE_SKEW = Duration.ofSeconds(30);
    private static final Set<String> TYPES = Set.of("at+jwt", "JWT");

    private final IssuerUrl issuer;
    private final String audience;
    private final Clock clock;
    private final Duration expiryLeeway;
    private final boolean redeems;
    private final boolean requiresStatus;
    private final boolean provesElsewhere;
    private final ProofVerifier proofs;
    private final IssuerKeys keys;
    private final IssuerStatus status;

    private TaskVerifier(Builder settings) {
        this.issuer = settings.issuer;
        this.audience = settings.audience;
        this.clock = settings.clock;
        this.expiryLeeway = settings.expiryLeeway;
        this.redeems = settings.redeems;
        this.requiresStatus = settings.requiresStatus;
        this.provesElsewhere = settings.provesElsewhere;
        this.proofs = ProofVerifier.create(settings.clock);
        var calls = new Calls(Calls.ISSUER, settings.transport(), settings.clock, settings.sleeper, () -> 0.5);
        this.keys = new IssuerKeys(new KeyFetch(settings.issuer, calls));
        this.status = new IssuerStatus(settings.issuer, calls, keys, settings.clock);
    }

    /**
     * For settings of your own.
     *
     * @param audience this server's audience in the policy, compared exactly
     */
    public static Builder builder(IssuerUrl issuer, String audience) {
        return new Builder(issuer, audience);
    }

    /** With default settings; refuses a URL as {@link IssuerUrl#of} does, and an audience that is blank. */
    public static TaskVerifier of(String issuerUrl, String audience) {
        return builder(IssuerUrl.of(issuerUrl), audience).build();
    }

    /**
     * Checks one token that came under the scheme Bearer. Waits up to 20 seconds when keys have to be fetched, and as
     * long for a status list.
     *
     * @param token as it came in; a text that is not a token is {@link Rejection#MALFORMED}
     */
    public Verification verify(String token) {
        var verification = verifyWithoutProof(token);
        boolean unproven = verification instanceof Verification.Accepted accepted
                && accepted.task().keyThumbprint().isPresent()
                && !provesElsewhere;
        return unproven ? rejected(Rejection.PROOF_MISSING) : verification;
    }

    /**
     * Checks one token that came under the scheme DPoP, and its proof (RFC 9449 section 7.1). A proof is good once:
     * this verifier remembers it, in the memory of this process.
     *
     * @param token as it came in
     * @param proof as it came with the token
     */
    public Verification verify(String token, PresentedProof proof) {
        var verification = verifyWithoutProof(token);
        if (!(verification instanceof Verification.Accepted accepted)) {
            return verification;
        }
        var key = accepted.task().keyThumbprint();
        if (key.isEmpty()) {
            return rejected(Rejection.NOT_BOUND);
        }
        // Last, since it uses the proof up.
        return proofs.fault(proof, TaskToken.of(token), key.get())
                .<Verification>map(fault -> new Verification.Rejected(Rejection.BAD_PROOF, Optional.of(fault)))
                .orElse(verification);
    }

    private Verification verifyWithoutProof(String token) {
        Optional<JWSObject> jws = parsed(token);
        if (jws.isEmpty()) {
            return rejected(Rejection.MALFORMED);
        }
        Optional<Rejection> header = judged(jws.get().getHeader());
        return header.<Verification>map(Verification.Rejected::new).orElseGet(() -> withKey(jws.get()));
    }

    private static Optional<JWSObject> parsed(String token) {
        if (token.length() > SecretText.MAX_LENGTH || !hasAnObjectAsHeader(token)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JWSObject.parse(token));
        } catch (ParseException | IllegalArgumentException notAJws) {
            return Optional.empty();
        }
    }

    /** Looked at first: the library falls over a header that is {@code null}. */
    private static boolean hasAnObjectAsHeader(String token) {
        int end = Math.max(0, token.indexOf('.'));
        return JsonObject.parse(new Base64URL(token.substring(0, end)).decode()).isPresent();
    }

    private static Optional<Rejection> judged(JWSHeader header) {
        if (!JWSAlgorithm.ES256.equals(header.getAlgorithm())) {
            return Optional.of(Rejection.WRONG_ALGORITHM);
        }
        boolean known =
                header.getType() != null && TYPES.contains(header.getType().getType());
        if (!known || header.getCriticalParams() != null) {
            return Optional.of(Rejection.WRONG_TYPE);
        }
        return header.getKeyID() == null ? Optional.of(Rejection.UNKNOWN_KEY) : Optional.empty();
    }

    private Verification withKey(JWSObject jws) {
        IssuerKeys.Lookup lookup = keys.find(jws.getHeader().getKeyID(), clock.instant());
        if (lookup instanceof IssuerKeys.Lookup.Unavailable none) {
            return new Verification.Unavailable(none.outage());
        }
        if (!(lookup instanceof IssuerKeys.Lookup.Found found)) {
            return rejected(Rejection.UNKNOWN_KEY);
        }
        return isSigned(jws, found) ? withClaims(jws) : rejected(Rejection.BAD_SIGNATURE);
    }

    private static boolean isSigned(JWSObject jws, IssuerKeys.Lookup.Found found) {
        try {
            return jws.verify(new ECDSAVerifier(found.key()));
        } catch (JOSEException notVerifiable) {
            return false;
        }
    }

    private Verification withClaims(JWSObject jws) {
        Optional<TaskClaims> claims =
                JsonObject.parse(jws.getPayload().toBytes()).flatMap(TaskClaims::from);
        if (claims.isEmpty()) {
            return rejected(Rejection.MALFORMED);
        }
        // Before a list is fetched for it, and again afterwards: either fetch may have taken seconds.
        return rejection(claims.get())
                .or(() -> claims.get().status().flatMap(status::objection).or(() -> rejection(claims.get())))
                .orElseGet(() -> new Verification.Accepted(new VerifiedTask(claims.get())));
    }

    private Optional<Verification> rejection(TaskClaims claims) {
        return judged(claims, clock.instant()).map(Verification.Rejected::new);
    }

    private Optional<Rejection> judged(TaskClaims claims, Instant now) {
        if (!issuer.isNamedBy(claims.issuer())) {
            return Optional.of(Rejection.WRONG_ISSUER);
        }
        if (claims.audience().filter(audience::equals).isEmpty()) {
            return Optional.of(Rejection.WRONG_AUDIENCE);
        }
        // At exp, not after it: RFC 7519 section 4.1.4 says "on or after".
        if (!now.isBefore(claims.expiresAt().plus(expiryLeeway))) {
            return Optional.of(Rejection.EXPIRED);
        }
        if (now.isBefore(claims.notBefore().minus(NOT_BEFORE_SKEW))) {
            return Optional.of(Rejection.NOT_YET_VALID);
        }
        boolean unredeemed = claims.maxUses().isPresent() && !redeems;
        if (unredeemed) {
            return Optional.of(Rejection.MUST_BE_REDEEMED);
        }
        boolean unfollowed = requiresStatus && claims.status().isEmpty();
        return unfollowed ? Optional.of(Rejection.NO_STATUS) : Optional.empty();
    }

    private static Verification rejected(Rejection reason) {
        return new Verification.Rejected(reason);
    }

    /** Settings of a verifier; every one has a default. */
    public static final class Builder {
        private static final Duration MAX_LEEWAY = Duration.ofSeconds(60);

        private final IssuerUrl issuer;
        private final String audience;
        private Optional<Transport> transport = Optional.empty();
        private Clock clock = Settings.clock();
        private Sleeper sleeper = Settings.sleeper();
        private Duration expiryLeeway = Duration.ZERO;
        private boolean redeems;
        private boolean requiresStatus;
        private boolean provesElsewhere;

        private Builder(IssuerUrl issuer, String audience) {
            if (audience.isBlank()) {
                throw new IllegalArgumentException("audience is empty");
            }
            this.issuer = issuer;
            this.audience = audience;
        }

        /** How keys and status lists are fetched; by default {@link HttpTransport#create}. */
        public Builder transport(Transport value) {
            transport = Optional.of(value);
            return this;
        }

        /** Judges {@code exp} and {@code nbf}; by default the machine's clock. */
        public Builder clock(Clock value) {
            clock = value;
            return this;
        }

        Builder sleeper(Sleeper value) {
            sleeper = value;
            return this;
        }

        /**
         * Accepts a token this long after {@code exp}, for a server whose clock runs ahead: 0 by default, at most 60 s.
         */
        public Builder expiryLeeway(Duration value) {
            if (value.isNegative() || value.compareTo(MAX_LEEWAY) > 0) {
                throw new IllegalArgumentException("expiryLeeway must be 0 to " + MAX_LEEWAY.toSeconds() + " s");
            }
            expiryLeeway = value;
            return this;
        }

        /** Promises that every accepted token with {@code max_uses} is redeemed before the task is done. */
        public Builder redeemingAfterwards() {
            redeems = true;
            return this;
        }

        /**
         * Accepts a token that is bound to a key without its proof. Promises that whoever calls checks
         * {@link VerifiedTask#keyThumbprint} against the proof, or that nothing is done for the token's holder.
         */
        public Builder provingElsewhere() {
            provesElsewhere = true;
            return this;
        }

        /**
         * Rejects a token that carries no {@code status}: its end would never be known here. For a server whose policy
         * says {@code checks: status}, so that neither a token from before that nor a change back is accepted.
         */
        public Builder requiringStatus() {
            requiresStatus = true;
            return this;
        }

        private Transport transport() {
            return transport.orElseGet(HttpTransport::create);
        }

        /** A verifier with these settings; keep it, since it keeps the issuer's keys. */
        public TaskVerifier build() {
            return new TaskVerifier(this);
        }
    }
}
