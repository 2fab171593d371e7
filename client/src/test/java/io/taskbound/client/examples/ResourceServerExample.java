// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.examples;

import io.taskbound.client.IssuerClient;
import io.taskbound.client.ServerCredentials;
import io.taskbound.client.TaskToken;
import io.taskbound.client.TaskVerifier;
import io.taskbound.client.Use;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/** What a service does that the task acts on; the region below is in the README, character by character. */
public final class ResourceServerExample {
    private final IssuerClient issuer;
    private final ServerCredentials me;
    private final TaskVerifier verifier;

    public ResourceServerExample(String issuerUrl, String secret, String audience) {
        this.issuer = IssuerClient.at(issuerUrl);
        this.me = ServerCredentials.of("signer", secret);
        this.verifier = TaskVerifier.of(issuerUrl, audience);
    }

    // README begin
    /** Returns the HTTP status: 200 means that this one use is counted, and the work may be done. */
    public int maySign(String bearer, byte[] artifact, UUID job) {
        // From the bytes that were received, never from what the request says about them.
        String identifier = "artifact:acme/shop/app.jar@sha256:" + sha256(artifact);
        Use use = new Use("sign", identifier, job.toString()); // our own job, never an id that the caller sent
        return TaskToken.received(bearer)
                .map(token -> issuer.redeem(me, token, use))
                .map(answer -> answer.match(
                        redeemed -> 200,
                        repeated -> 409, // this job was counted before, and may be done: answer its stored result
                        not -> not.reason().filter("not_permitted"::equals).isPresent() ? 403 : 401,
                        refused -> 500, // our own credentials are wrong
                        unavailable -> 503))
                .orElse(401);
    }

    /** Without a call to the issuer for each token, where the policy says {@code checks: status} or {@code offline}. */
    public int mayRead(String bearer, String ticket) {
        return verifier.verify(bearer)
                .match(
                        accepted -> accepted.task().permits("read", "ticket:" + ticket) ? 200 : 403,
                        rejected -> 401,
                        unavailable -> 503);
    }
    // README end

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
