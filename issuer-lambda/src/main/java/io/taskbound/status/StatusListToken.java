// SPDX-License-Identifier: Apache-2.0
package io.taskbound.status;

import io.taskbound.digest.Base64Url;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.token.SignerUnavailable;
import io.taskbound.token.TaskSigner;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** A list as it is published: a JWT signed like a task token, which its {@code typ} tells from one. */
public final class StatusListToken {
    /** Its media type, for the header Content-Type. */
    public static final String MEDIA_TYPE = "application/statuslist+jwt";

    /** How long a copy may be used: a token that has ended is accepted no longer than this by whoever keeps to it. */
    public static final Duration TTL = Duration.ofSeconds(60);
    /** How long a copy is of any use when no newer one can be had; then it is refused. */
    public static final Duration LIFE = Duration.ofSeconds(120);

    private static final String TYPE = "statuslist+jwt";

    private StatusListToken() {}

    /** @param address where it is published, which is its {@code sub} */
    public static String sign(StatusList list, String issuer, String address, Instant now, TaskSigner signer)
            throws SignerUnavailable {
        long issued = now.getEpochSecond();
        var header = JsonObject.builder()
                .put("typ", TYPE)
                .put("alg", "ES256")
                .put("kid", signer.keyId())
                .build();
        var payload = JsonObject.builder()
                .put("iss", issuer)
                .put("sub", address)
                .put("iat", issued)
                .put("exp", issued + LIFE.toSeconds())
                .put("ttl", TTL.toSeconds())
                .put("status_list", list.json())
                .build();
        var input = encoded(header) + "." + encoded(payload);
        return input + "." + Base64Url.encode(signer.sign(input.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String encoded(JsonObject json) {
        return Base64Url.encode(JsonText.of(json).getBytes(StandardCharsets.UTF_8));
    }
}
