// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.people;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.util.Base64URL;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Authorization codes that wait for their exchange. Each is good once, for a minute (RFC 6749 section 4.1.2). */
final class CodeStore {
    private static final Duration LIFE = Duration.ofMinutes(1);
    private final Map<String, Grant> grants = new ConcurrentHashMap<>();

    /** Who logged in, and what the request for it said. */
    record Grant(Person person, String redirectUri, String challenge, String nonce, Instant until) {}

    String issue(Person person, Params request, Instant now) {
        var random = new byte[24];
        new SecureRandom().nextBytes(random);
        var code = Base64URL.encode(random).toString();
        grants.put(
                code,
                new Grant(
                        person,
                        request.get("redirect_uri"),
                        request.get("code_challenge"),
                        request.get("nonce"),
                        now.plus(LIFE)));
        return code;
    }

    /** Uses the code up, whatever comes of it (RFC 6749 section 4.1.3, RFC 7636 section 4.6). */
    Grant redeem(Params form, Instant now) throws OauthFault {
        var grant = grants.remove(form.get("code"));
        if (grant == null
                || !now.isBefore(grant.until())
                || !grant.redirectUri().equals(form.get("redirect_uri"))
                || !grant.challenge().equals(challenge(form.get("code_verifier")))) {
            throw new OauthFault("invalid_grant", "the code, its redirect_uri or its code_verifier is not good");
        }
        return grant;
    }

    private static String challenge(String verifier) {
        try {
            return Base64URL.encode(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII)))
                    .toString();
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
