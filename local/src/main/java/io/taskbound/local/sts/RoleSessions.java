// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.sts;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Who is known, which roles there are, and the sessions given so far. Safe for use by many threads. */
final class RoleSessions {
    private static final int LONGEST_CHAINED = 3600;

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Principal> principals = new ConcurrentHashMap<>();
    private final Map<String, StandInRole> roles = new ConcurrentHashMap<>();
    private final List<GrantedSession> given = new CopyOnWriteArrayList<>();
    private volatile int packedLimit = Integer.MAX_VALUE;

    RoleSessions(Clock clock) {
        this.clock = clock;
    }

    void add(String keyId, Principal principal) {
        principals.put(keyId, principal);
    }

    void add(StandInRole role) {
        roles.put(role.arn(), role);
    }

    void packedLimit(int octets) {
        packedLimit = octets;
    }

    List<GrantedSession> given() {
        return List.copyOf(given);
    }

    /** Whose key signed it. */
    Principal principal(SignedRequest request) throws StsFault {
        var principal = principals.get(request.keyId());
        if (principal == null || !principal.token().equals(request.sessionToken())) {
            throw new StsFault(403, "InvalidClientTokenId", "The security token included in the request is invalid.");
        }
        request.verify(principal.secret(), clock.instant());
        if (principal.expiration().filter(end -> !clock.instant().isBefore(end)).isPresent()) {
            throw new StsFault(403, "ExpiredToken", "The security token included in the request is expired");
        }
        return principal;
    }

    StsAnswer answer(Principal principal, Map<String, String> form) throws StsFault {
        return switch (form.getOrDefault("Action", "")) {
            case "AssumeRole" -> assumeRole(principal, RoleRequest.of(form));
            case "GetCallerIdentity" -> callerIdentity(principal);
            default -> throw new StsFault(400, "InvalidAction", "Could not find operation for version 2011-06-15");
        };
    }

    private StsAnswer assumeRole(Principal principal, RoleRequest request) throws StsFault {
        var role = roles.get(request.roleArn());
        var trusted = principal.asTrusted();
        // AWS does not say whether a role exists either.
        if (role == null) {
            throw StsFault.denied(principal.arn(), "sts:AssumeRole", request.roleArn());
        }
        role.require("sts:AssumeRole", trusted);
        if (!request.tags().isEmpty()) {
            role.require("sts:TagSession", trusted);
        }
        if (request.sourceIdentity().isPresent()) {
            role.require("sts:SetSourceIdentity", trusted);
        }
        if (principal.isRole() && request.durationSeconds() > LONGEST_CHAINED) {
            throw StsFault.validation(
                    "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining");
        }
        if (request.packedOctets() > packedLimit) {
            throw new StsFault(
                    400,
                    "PackedPolicyTooLarge",
                    "Packed policy consumes " + request.packedOctets() * 100L / packedLimit
                            + "% of allotted space, please use smaller policy.");
        }
        return session(principal, role, request);
    }

    private StsAnswer session(Principal principal, StandInRole role, RoleRequest request) {
        var expiration = Instant.ofEpochSecond(clock.instant().getEpochSecond() + request.durationSeconds());
        var keyId = "ASIA" + letters(16);
        var secret = base64(30);
        var token = base64(300);
        var arn = "arn:aws:sts::" + role.account() + ":assumed-role/" + role.name() + "/" + request.sessionName();
        principals.put(keyId, new Principal(arn, secret, Optional.of(token), Optional.of(expiration)));
        given.add(new GrantedSession(
                role.arn(),
                principal.arn(),
                request.sessionName(),
                request.sourceIdentity(),
                request.tags(),
                request.policy(),
                expiration));
        return StsAnswer.result(
                "AssumeRole",
                StsAnswer.element(
                                "Credentials",
                                StsAnswer.element("AccessKeyId", keyId)
                                        + StsAnswer.element("SecretAccessKey", secret)
                                        + StsAnswer.element("SessionToken", token)
                                        + StsAnswer.element("Expiration", expiration.toString()))
                        + StsAnswer.element(
                                "AssumedRoleUser",
                                StsAnswer.element("AssumedRoleId", "AROA" + letters(17) + ":" + request.sessionName())
                                        + StsAnswer.element("Arn", arn))
                        + request.sourceIdentity()
                                .map(identity -> StsAnswer.element("SourceIdentity", identity))
                                .orElse(""));
    }

    private static StsAnswer callerIdentity(Principal principal) {
        return StsAnswer.result(
                "GetCallerIdentity",
                StsAnswer.element("Arn", principal.arn())
                        + StsAnswer.element("UserId", "AIDASTANDIN")
                        + StsAnswer.element("Account", principal.arn().split(":", -1)[4]));
    }

    private String letters(int count) {
        var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private String base64(int octets) {
        var bytes = new byte[octets];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
