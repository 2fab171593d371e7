// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.gateway;

import io.taskbound.cli.mcp.map.GatewayMap;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.Outage;
import io.taskbound.client.ServerCredentials;
import io.taskbound.client.TaskToken;
import io.taskbound.client.TaskVerifier;
import io.taskbound.client.Verification;
import io.taskbound.client.VerifiedTask;
import io.taskbound.client.dpop.PresentedProof;
import io.taskbound.client.dpop.ProofFault;
import io.taskbound.client.resource.Presented;
import io.taskbound.client.resource.Scheme;
import io.taskbound.client.resource.Verdict;
import io.taskbound.digest.Sha256;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a token may ask anything here at all: signed by the issuer for this gateway, unexpired, and not known to be
 * dead. That says nothing yet of a call, which is redeemed. A token whose uses are counted cannot be asked about
 * without using it, so its end becomes known here by its time or by a call; any other is introspected each time.
 */
final class Admission {
    private static final int REMEMBERED = 10_000;
    private static final String BAD = "error=\"invalid_token\"";

    private static final Verdict.Refused UNPROVEN = new Verdict.Refused(
            401,
            "invalid_dpop_proof",
            "The proof of the token's key is missing or is not for this request.",
            Map.of("WWW-Authenticate", "DPoP error=\"invalid_dpop_proof\", algs=\"ES256\""),
            Optional.empty());

    private static final Verdict.Refused UNBOUND = new Verdict.Refused(
            401,
            "invalid_token",
            "Only tokens that are bound to a key are taken here.",
            Map.of("WWW-Authenticate", "DPoP " + BAD + ", algs=\"ES256\""),
            Optional.empty());

    private final TaskVerifier verifier;
    private final IssuerClient issuer;
    private final ServerCredentials server;
    private final GatewayMap map;
    private final Clock clock;
    private final Map<String, VerifiedTask> known = remembering();
    private final Map<String, Verdict.Refused> dead = remembering();

    /** @param map says what a proof of a token's key must name, and whether there must be one */
    Admission(TaskVerifier verifier, IssuerClient issuer, ServerCredentials server, GatewayMap map, Clock clock) {
        this.verifier = verifier;
        this.issuer = issuer;
        this.server = server;
        this.map = map;
        this.clock = clock;
    }

    private static <T> Map<String, T> remembering() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
                return size() > REMEMBERED;
            }
        };
    }

    /** A token's claims, or why it is refused. */
    record Admitted(Optional<VerifiedTask> task, Optional<Verdict.Refused> refused) {
        static Admitted to(VerifiedTask task) {
            return new Admitted(Optional.of(task), Optional.empty());
        }

        static Admitted not(Verdict.Refused verdict) {
            return new Admitted(Optional.empty(), Optional.of(verdict));
        }
    }

    /** Offline, but for the issuer's keys. */
    Admitted verify(Presented.Token presented) {
        var hash = Sha256.hex(presented.token().reveal());
        synchronized (known) {
            var ended = dead.get(hash);
            if (ended != null) {
                return Admitted.not(ended);
            }
            var task = known.get(hash);
            if (task != null && clock.instant().isBefore(task.expiresAt())) {
                return Admitted.to(task);
            }
        }
        return verifier.verify(presented.token().reveal())
                .match(
                        accepted -> {
                            if (map.proofRequired()
                                    && accepted.task().keyThumbprint().isEmpty()) {
                                return Admitted.not(UNBOUND);
                            }
                            synchronized (known) {
                                known.put(hash, accepted.task());
                            }
                            return Admitted.to(accepted.task());
                        },
                        rejected -> Admitted.not(invalid(presented.scheme())),
                        unavailable -> Admitted.not(unavailable(unavailable.outage())));
    }

    /** The same, and by the issuer's word where it can be asked without counting a use. */
    Admitted look(Presented.Token presented) {
        var verified = verify(presented);
        if (verified.task().flatMap(VerifiedTask::keyThumbprint).isPresent() && !isProven(presented)) {
            return Admitted.not(UNPROVEN);
        }
        var countless = verified.task().filter(task -> task.maxUses().isEmpty());
        if (countless.isEmpty()) {
            return verified;
        }
        return issuer.introspect(server, presented.token())
                .match(
                        active -> verified,
                        inactive -> {
                            var verdict = invalid(presented.scheme());
                            ended(presented.token(), verdict);
                            return Admitted.not(verdict);
                        },
                        refused -> Admitted.not(misconfigured(refused.refusal().toString())),
                        unavailable -> Admitted.not(unavailable(unavailable.outage())));
    }

    /** For what is not a call. */
    private boolean isProven(Presented.Token presented) {
        return proof(presented).filter(Verification.Accepted.class::isInstance).isPresent();
    }

    /**
     * Of a call, whose proof the issuer checks: why it is refused before that. All requests here have one method and
     * one URL, so that a proof that came with a list would fit a call as well, and the issuer knows nothing of it. From
     * now on the proof is used here, too. Whatever else is wrong with it, the issuer shall see.
     */
    Optional<Verdict.Refused> replayed(Presented.Token presented, VerifiedTask task) {
        return Optional.of(presented)
                .filter(bound -> task.keyThumbprint().isPresent())
                .flatMap(this::proof)
                .flatMap(checked ->
                        checked instanceof Verification.Rejected rejected ? rejected.proof() : Optional.empty())
                .filter(fault -> fault == ProofFault.REPLAYED || fault == ProofFault.TOO_MANY)
                .map(fault -> UNPROVEN);
    }

    private Optional<Verification> proof(Presented.Token presented) {
        return presented
                .proof()
                .map(jwt -> verifier.verify(presented.token().reveal(), new PresentedProof(jwt, "POST", map.url())));
    }

    /** From now on the token is refused without a question. */
    void ended(TaskToken token, Verdict.Refused verdict) {
        synchronized (known) {
            dead.put(Sha256.hex(token.reveal()), verdict);
        }
    }

    private static Verdict.Refused invalid(Scheme scheme) {
        var algorithms = scheme == Scheme.DPOP ? ", algs=\"ES256\"" : "";
        return new Verdict.Refused(
                401,
                "invalid_token",
                "The token is not valid here, or no longer.",
                Map.of("WWW-Authenticate", scheme.word() + " " + BAD + algorithms),
                Optional.empty());
    }

    private static Verdict.Refused unavailable(Outage outage) {
        return unknown("unavailable", outage.sentence());
    }

    private static Verdict.Refused misconfigured(String refusal) {
        return unknown("misconfigured", "the issuer refused this gateway's own request: " + refusal);
    }

    private static Verdict.Refused unknown(String reason, String operator) {
        return new Verdict.Refused(
                503,
                reason,
                "It is not known at present whether the token may be used. Try again later.",
                Map.of("Retry-After", "5"),
                Optional.of(operator));
    }
}
