// SPDX-License-Identifier: Apache-2.0
package io.taskbound.github;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.taskbound.credential.CredentialRefused;
import io.taskbound.credential.CredentialUnavailable;
import io.taskbound.digest.Base64Url;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.token.SignerUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What an App proves itself with: a JWT (RFC 7519) signed by RS256, which GitHub takes for at most 10 min. One is used
 * for several minutes, so that neither KMS nor the table is asked for each credential. Kept in memory alone. Safe for
 * use by many threads.
 */
final class AppJwts {
    /** GitHub advises to date it back, for clocks that are slow. */
    private static final Duration BACKDATED = Duration.ofSeconds(60);

    private static final Duration LIFE = Duration.ofMinutes(8);
    /** A last request with it still takes its time, and GitHub's clock may be fast. */
    private static final Duration USED = LIFE.minusMinutes(2);

    private static final JsonObject HEADER =
            JsonObject.builder().put("alg", "RS256").put("typ", "JWT").build();

    private final AppKeys keys;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    private record Kept(String jwt, Instant made) {
        /** A clock that was set back must not make it last longer. */
        boolean isUsable(Instant now) {
            return !now.isBefore(made) && now.isBefore(made.plus(USED));
        }

        @Override
        public String toString() {
            return "Kept[" + made + "]";
        }
    }

    AppJwts(AppKeys keys) {
        this.keys = keys;
    }

    String of(String appId, Instant now) throws CredentialRefused, CredentialUnavailable {
        var known = Optional.ofNullable(kept.get(appId)).filter(jwt -> jwt.isUsable(now));
        if (known.isPresent()) {
            return known.get().jwt();
        }
        var made = new Kept(sign(appId, now), now);
        kept.put(appId, made);
        return made.jwt();
    }

    /** GitHub did not take it: the next one is signed by the key as it is kept then. */
    void forget(String appId) {
        kept.remove(appId);
    }

    private String sign(String appId, Instant now) throws CredentialRefused, CredentialUnavailable {
        var claims = JsonObject.builder()
                .put("iat", now.minus(BACKDATED).getEpochSecond())
                .put("exp", now.plus(LIFE).getEpochSecond())
                .put("iss", appId)
                .build();
        var input = encoded(HEADER) + "." + encoded(claims);
        try {
            var key = keys.find(appId);
            if (key.isEmpty()) {
                throw new CredentialRefused(
                        "The issuer has no private key of the GitHub App; whoever operates the issuer imports it with"
                                + " `taskbound keys import-github-app`.",
                        "app " + appId + ": no key");
            }
            return input + "." + Base64Url.encode(key.get().sign(input.getBytes(US_ASCII)));
        } catch (SignerUnavailable e) {
            throw new CredentialUnavailable(
                    "app " + appId + ": its key cannot be used: " + e.getMessage(), false, Optional.empty());
        }
    }

    private static String encoded(JsonObject json) {
        return Base64Url.encode(JsonText.of(json).getBytes(US_ASCII));
    }
}
