// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import io.taskbound.dpop.ProofText;
import io.taskbound.identity.IdToken;
import io.taskbound.issuer.ErrorCode;
import io.taskbound.issuer.MintRequest;
import io.taskbound.task.AuthorizationDetails;
import io.taskbound.task.RequestedPermission;
import io.taskbound.task.TaskRequest;
import io.taskbound.task.Txn;
import io.taskbound.token.HolderChallenge;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads POST /token (RFC 8693 section 2.1, RFC 8707 section 2, RFC 9396 section 6). */
final class MintForm {
    private static final String TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";
    private static final String JWT = "urn:ietf:params:oauth:token-type:jwt";
    static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
    private static final int MAX_TARGET_LENGTH = 512;
    private static final Pattern SECONDS = Pattern.compile("[1-9][0-9]{0,8}");

    private MintForm() {}

    static MintRequest read(HttpRequest request) throws RefusedRequest {
        return read(Form.of(request), ProofForm.header(request));
    }

    static MintRequest read(Form form, Optional<ProofText> keyProof) throws RefusedRequest {
        if (!form.required("grant_type").equals(TOKEN_EXCHANGE)) {
            throw RefusedRequest.of(ErrorCode.UNSUPPORTED_GRANT_TYPE, "the only grant_type is " + TOKEN_EXCHANGE);
        }
        var proof = proof(form);
        var requested = form.value("requested_token_type");
        if (requested.isPresent()) {
            requireOneOf(requested.get(), "requested_token_type", ACCESS_TOKEN, JWT);
        }
        if (form.value("actor_token").isPresent()
                || form.value("actor_token_type").isPresent()) {
            throw RefusedRequest.malformed("actor_token is not supported");
        }
        return new MintRequest(proof, task(form), txn(form), challenge(form), keyProof, form.flag("dry_run"));
    }

    /** The ID token of whoever asks. */
    static IdToken proof(Form form) throws RefusedRequest {
        var proof = form.requiredCredential("subject_token");
        requireOneOf(form.required("subject_token_type"), "subject_token_type", ID_TOKEN, JWT);
        return IdToken.of(proof);
    }

    /** The client's name of the task instance; our clients always send one. */
    static Optional<String> txn(Form form) throws RefusedRequest {
        var txn = form.value("txn");
        if (txn.isPresent() && !Txn.isValid(txn.get())) {
            throw RefusedRequest.malformed("txn must be a UUID");
        }
        return txn;
    }

    private static Optional<HolderChallenge> challenge(Form form) throws RefusedRequest {
        var given = form.credential("holder_challenge");
        var challenge = given.flatMap(HolderChallenge::of);
        if (given.isPresent() && challenge.isEmpty()) {
            throw RefusedRequest.malformed(
                    "holder_challenge must be base64url of a SHA-256: 43 characters (RFC 7636 section 4.2, S256)");
        }
        return challenge;
    }

    private static TaskRequest task(Form form) throws RefusedRequest {
        var read = AuthorizationDetails.parse(form.required("authorization_details"))
                .orElseThrow(
                        unreadable -> RefusedRequest.of(ErrorCode.INVALID_AUTHORIZATION_DETAILS, unreadable.what()));
        return new TaskRequest(
                read.task(),
                read.permissions(),
                audience(form, read.permissions()),
                seconds(form, "requested_expires_in"),
                seconds(form, "lease"));
    }

    private static Optional<Duration> seconds(Form form, String name) throws RefusedRequest {
        var value = form.value(name);
        if (value.isPresent() && !SECONDS.matcher(value.get()).matches()) {
            throw RefusedRequest.malformed(name + " must be a whole number of seconds above 0");
        }
        return value.map(Long::parseLong).map(Duration::ofSeconds);
    }

    /** However often and wherever it is named, there is one resource server. */
    private static Optional<String> audience(Form form, List<RequestedPermission> permissions) throws RefusedRequest {
        var targets = new TreeSet<String>();
        for (var resource : form.values("resource")) {
            requireAbsoluteUri(resource);
            targets.add(resource);
        }
        targets.addAll(form.values("audience"));
        permissions.forEach(permission -> permission.location().ifPresent(targets::add));
        if (targets.size() > 1 || targets.stream().anyMatch(target -> target.length() > MAX_TARGET_LENGTH)) {
            throw RefusedRequest.of(
                    ErrorCode.INVALID_TARGET, "resource, audience and locations must name one resource server");
        }
        return targets.stream().findFirst();
    }

    /** RFC 8707 section 2: an absolute URI without a fragment. */
    private static void requireAbsoluteUri(String resource) throws RefusedRequest {
        try {
            var uri = new URI(resource);
            if (uri.isAbsolute() && uri.getRawFragment() == null) {
                return;
            }
        } catch (URISyntaxException notAUri) {
            // the same answer as for a relative one
        }
        throw RefusedRequest.of(ErrorCode.INVALID_TARGET, "resource must be an absolute URI without a fragment");
    }

    private static void requireOneOf(String value, String name, String first, String second) throws RefusedRequest {
        if (!value.equals(first) && !value.equals(second)) {
            throw RefusedRequest.malformed(name + " must be " + first + " or " + second);
        }
    }
}
