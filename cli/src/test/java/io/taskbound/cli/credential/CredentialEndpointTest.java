// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.client.credential.AwsCredential;
import io.taskbound.client.credential.CredentialKind;
import io.taskbound.client.credential.CredentialReader;
import io.taskbound.client.internal.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialEndpointTest {
    private CredentialEndpoint endpoint;

    @BeforeEach
    void start() throws Exception {
        endpoint = CredentialEndpoint.start(credential("CANARY/one"));
    }

    @AfterEach
    void stop() {
        endpoint.end();
    }

    @Test
    void answersAsTheEndpointOfAContainerDoes() throws IOException {
        var answer = asked("GET", endpoint.uri().getPath(), endpoint.uri().getAuthority(), endpoint.secret());
        assertThat(answer).startsWith("HTTP/1.1 200").containsIgnoringCase("cache-control: no-store");
        assertThat(answer.substring(answer.indexOf('{')))
                .isEqualTo("{\"AccessKeyId\":\"ASIACANARYCANARY0001\",\"SecretAccessKey\":\"CANARY/one\","
                        + "\"Token\":\"CANARY-session\",\"Expiration\":\"2026-11-23T10:02:00Z\","
                        + "\"RoleArn\":\"arn:aws:iam::111122223333:role/migration\"}");
    }

    @Test
    void answersWithTheLatestOne() throws Exception {
        endpoint.serve(credential("CANARY/two"));
        assertThat(asked("GET", endpoint.uri().getPath(), endpoint.uri().getAuthority(), endpoint.secret()))
                .contains("CANARY/two")
                .doesNotContain("CANARY/one");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, PATH, HOST, '', 403",
        "GET, PATH, HOST, x, 403",
        "GET, PATH, HOST, Bearer SECRET, 403",
        "GET, PATH, localhost, SECRET, 403",
        "GET, PATH, mallory.example, SECRET, 403",
        "GET, /, HOST, SECRET, 404",
        "GET, PATH/more, HOST, SECRET, 404",
        "POST, PATH, HOST, SECRET, 404",
        "PUT, PATH, HOST, SECRET, 404",
    })
    void refusesEveryOtherRequest(String method, String path, String host, String secret, String status)
            throws IOException {
        var answer = asked(
                method,
                path.replace("PATH", endpoint.uri().getPath()),
                host.replace("HOST", endpoint.uri().getAuthority()),
                secret.replace("SECRET", endpoint.secret()));
        assertThat(answer).startsWith("HTTP/1.1 " + status).doesNotContain("CANARY");
    }

    @Test
    void refusesAfterItsEndAndClosesItsPort() throws Exception {
        endpoint.end();
        endpoint.serve(credential("CANARY/late"));
        assertNothingIsHandedOut();
        // The port is closed by a thread of its own.
        for (int tries = 0; tries < 100 && isListening(); tries++) {
            Thread.sleep(50);
        }
        assertThatThrownBy(() -> new Socket("127.0.0.1", endpoint.uri().getPort()).close())
                .isInstanceOf(IOException.class);
    }

    private boolean isListening() {
        try {
            new Socket("127.0.0.1", endpoint.uri().getPort()).close();
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    private void assertNothingIsHandedOut() {
        try {
            assertThat(asked("GET", endpoint.uri().getPath(), endpoint.uri().getAuthority(), endpoint.secret()))
                    .doesNotContain("CANARY");
        } catch (IOException closedAlready) {
            return;
        }
    }

    @Test
    void listensOnLoopbackAloneAndNamesAnotherPathEachTime() throws Exception {
        assertThat(endpoint.uri().getHost()).isEqualTo("127.0.0.1");
        var other = CredentialEndpoint.start(credential("CANARY/one"));
        try {
            assertThat(other.uri().getPath()).isNotEqualTo(endpoint.uri().getPath());
            assertThat(other.secret()).isNotEqualTo(endpoint.secret());
        } finally {
            other.end();
        }
    }

    /** The whole answer to a request that is sent octet by octet, since clients set their own Host. */
    private String asked(String method, String path, String host, String secret) throws IOException {
        try (var socket = new Socket("127.0.0.1", endpoint.uri().getPort())) {
            var request = method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: " + secret
                    + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static AwsCredential credential(String secretKey) throws Exception {
        var body = "{\"kind\":\"aws-role\",\"expires_at\":1795428120,\"refresh\":true,\"credential\":{"
                + "\"access_key_id\":\"ASIACANARYCANARY0001\",\"secret_access_key\":\"" + secretKey
                + "\",\"session_token\":\"CANARY-session\"},\"role_arn\":\"arn:aws:iam::111122223333:role/migration\"}";
        return (AwsCredential) CredentialReader.read(JsonObject.parse(body).orElseThrow(), CredentialKind.AWS_ROLE);
    }
}
