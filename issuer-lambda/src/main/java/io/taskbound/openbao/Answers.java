// SPDX-License-Identifier: Apache-2.0
package io.taskbound.openbao;

import io.taskbound.credential.CredentialRefused;
import io.taskbound.credential.CredentialUnavailable;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.outbound.Reply;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What OpenBao's answers mean, which are Vault's too; of their texts only known words are looked for, and none is
 * repeated.
 */
final class Answers {
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final String WHOEVER = "; whoever runs OpenBao ";

    private Answers() {}

    /** Whether the service says that there is no such token (any more). */
    static boolean saysGone(Reply reply) {
        if (reply.status() == 204) {
            return true;
        }
        if (reply.status() == 200) {
            return texts(reply, "warnings").contains("no token found with this accessor");
        }
        var errors = texts(reply, "errors");
        return (reply.status() == 400 || reply.status() == 403 || reply.status() == 404)
                && (errors.contains("invalid accessor") || errors.contains("token not found"));
    }

    /**
     * For another status than 200.
     *
     * @param step for the audit log
     * @param made whether the request may have made a token although this was the answer
     */
    static CredentialUnavailable unavailable(String step, Reply reply, boolean made) {
        var why = reply.status() >= 300 && reply.status() < 400 ? ", a redirect, which is not followed" : "";
        return new CredentialUnavailable(
                step + ": " + reply.status() + why, made && mayHaveBeenDone(reply), wait(reply));
    }

    /**
     * Where OpenBao itself says that it is sealed or too busy, it has done nothing; something in between says so also
     * when it did not wait for OpenBao's answer.
     */
    private static boolean mayHaveBeenDone(Reply reply) {
        boolean isOpenbaos = reply.json()
                .filter(json -> json instanceof JsonObject object
                        && object.array("errors").isPresent())
                .isPresent();
        return reply.status() < 300 || (reply.status() >= 500 && !(reply.status() == 503 && isOpenbaos));
    }

    private static Optional<Duration> wait(Reply reply) {
        return reply.header("retry-after")
                .filter(text -> !text.isEmpty() && text.length() <= 6)
                .filter(text -> text.chars().allMatch(c -> c >= '0' && c <= '9'))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .map(asked -> asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked);
    }

    /** Whether it is OpenBao's no to a login, for this role and JWT, until somebody changes something. */
    static boolean refusesLogin(Reply reply) {
        boolean isNo = reply.status() == 400 || reply.status() == 403 || reply.status() == 404;
        return isNo && !texts(reply, "errors").isEmpty() && !lacksOurKeys(reply);
    }

    /** It could not fetch them, which may be otherwise in a moment. */
    private static boolean lacksOurKeys(Reply reply) {
        var errors = texts(reply, "errors");
        return errors.contains("fetching keys")
                || errors.contains("oidc discovery")
                || errors.contains("error configuring token validator");
    }

    /** For an answer that {@link #refusesLogin}. */
    static CredentialRefused refused(Reply reply, Mount mount, String role) {
        var errors = texts(reply, "errors");
        var detail = "login " + role + ": " + reply.status();
        if (reply.status() == 404 || errors.contains("namespace not found")) {
            return new CredentialRefused(
                    "OpenBao has no such namespace or path; whoever writes the policy checks address, namespace and"
                            + " mount of the resource server.",
                    detail);
        }
        if (reply.status() == 403) {
            return new CredentialRefused(
                    "OpenBao has no JWT auth method at " + mount + ", or does not take logins from the issuer's"
                            + " address" + WHOEVER + "checks `bao auth list` and the role's token_bound_cidrs.",
                    detail);
        }
        if (errors.contains("could not be found")) {
            return new CredentialRefused(
                    "OpenBao has no role " + role + " at " + mount + WHOEVER + "creates it.", detail + ", role");
        }
        if (errors.contains("audience")) {
            return new CredentialRefused(
                    "OpenBao's role " + role + " is for another audience" + WHOEVER + "sets its bound_audiences to "
                            + mount.audience() + ".",
                    detail + ", audience");
        }
        if (errors.contains("error validating claims") || errors.contains("not found in token")) {
            return new CredentialRefused(
                    "OpenBao's role " + role + " is not for this task and target" + WHOEVER
                            + "compares its bound_claims, user_claim and claim_mappings with the claims of a login.",
                    detail + ", claims");
        }
        if (errors.contains("error validating token")) {
            return new CredentialRefused(
                    "OpenBao does not accept the issuer's login" + WHOEVER + "checks oidc_discovery_url, bound_issuer"
                            + " and jwt_supported_algs of " + mount + ", and its clock.",
                    detail + ", token");
        }
        return new CredentialRefused(
                "OpenBao does not log the issuer in with the role " + role + WHOEVER + "finds the reason in its logs.",
                detail);
    }

    /** All texts of an array of the answer, in lower case. */
    private static String texts(Reply reply, String member) {
        return reply
                .json()
                .filter(JsonObject.class::isInstance)
                .flatMap(json -> ((JsonObject) json).array(member))
                .orElse(JsonArray.EMPTY)
                .items()
                .stream()
                .filter(JsonString.class::isInstance)
                .map(text -> ((JsonString) text).value().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("\n"));
    }
}
