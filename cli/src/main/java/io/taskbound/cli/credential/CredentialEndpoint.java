// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.credential;

import io.taskbound.cli.http.LocalAnswer;
import io.taskbound.cli.http.LocalRequest;
import io.taskbound.cli.http.LocalServer;
import io.taskbound.client.credential.AwsCredential;
import io.taskbound.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * An HTTP endpoint on loopback from which the AWS CLI and SDKs of one command take their credentials, in the form of
 * the endpoint of a container. It answers from memory, and only who sends the secret; after {@link #end} nobody.
 */
final class CredentialEndpoint {
    private static final int SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final LocalServer server;
    private final String path = "/" + random();
    private final String secret = random();
    private volatile Optional<AwsCredential> served;

    private CredentialEndpoint(LocalServer server, AwsCredential first) {
        this.server = server;
        this.served = Optional.of(first);
    }

    static CredentialEndpoint start(AwsCredential first) throws IOException {
        var endpoint = new CredentialEndpoint(LocalServer.bind(0), first);
        endpoint.server.serve(endpoint::answer);
        return endpoint;
    }

    URI uri() {
        return URI.create(server.url() + path);
    }

    /** What a request has to send as its {@code Authorization} header. */
    String secret() {
        return secret;
    }

    /** From now on it answers with this one, unless it has ended. */
    synchronized void serve(AwsCredential next) {
        if (served.isPresent()) {
            served = Optional.of(next);
        }
    }

    /** From now on it refuses; its port is closed soon after, by a thread of its own. */
    void end() {
        synchronized (this) {
            served = Optional.empty();
        }
        var closing = new Thread(server::close, "taskbound-endpoint-end");
        closing.setDaemon(true);
        closing.start();
    }

    /** A page in a browser that rebinds a name is stopped by Host. */
    private LocalAnswer answer(LocalRequest request) {
        boolean named = request.header("host").equals(List.of(uri().getAuthority()));
        if (!named || !isSecret(request.header("authorization"))) {
            return refused(403);
        }
        boolean asked = request.method().equals("GET") && request.path().equals(path);
        return asked ? served.map(CredentialEndpoint::answer).orElseGet(() -> refused(403)) : refused(404);
    }

    private boolean isSecret(List<String> sent) {
        return sent.size() == 1 && MessageDigest.isEqual(bytes(sent.get(0)), bytes(secret));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static LocalAnswer answer(AwsCredential credential) {
        return LocalAnswer.json(
                200,
                JsonObject.builder()
                        .put("AccessKeyId", credential.accessKeyId())
                        .put("SecretAccessKey", credential.secretAccessKey())
                        .put("Token", credential.sessionToken())
                        .put(
                                "Expiration",
                                credential
                                        .expiresAt()
                                        .truncatedTo(ChronoUnit.SECONDS)
                                        .toString())
                        .put("RoleArn", credential.roleArn())
                        .build());
    }

    private static LocalAnswer refused(int status) {
        return LocalAnswer.json(
                status,
                JsonObject.builder()
                        .put("code", "AccessDenied")
                        .put("message", "taskbound: no credentials for this request")
                        .build());
    }

    private static String random() {
        var bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
