// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.attacks;

import static io.taskbound.cli.overhttp.TestPolicy.deploy;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.overhttp.Answer;
import io.taskbound.cli.overhttp.Calls;
import io.taskbound.cli.overhttp.Form;
import io.taskbound.cli.overhttp.LiveIssuer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * One attack with an ID token and a live task token in it. Whatever was sent: the refusal is clean, the ID token is
 * still good for its one exchange and the task token still lives.
 */
final class Siege {
    private final LiveIssuer issuer;
    private final String proof;
    private final String token;

    Siege(LiveIssuer issuer) {
        this.issuer = issuer;
        this.proof = issuer.idToken();
        this.token = issuer.mint(deploy());
    }

    String proof() {
        return proof;
    }

    String token() {
        return token;
    }

    int port() {
        return issuer.port();
    }

    /** An exchange that would be granted as it is. */
    Map<String, String> exchange() {
        return new LinkedHashMap<>(Calls.exchangeForm(proof, deploy(), UUID.randomUUID()));
    }

    /** The same, written out and with one parameter more or another value. */
    String exchangeWith(String name, String value) {
        var form = exchange();
        form.put(name, value);
        return Form.encode(form);
    }

    Answer send(RawRequest request) {
        try (var connection = RawConnection.to(port())) {
            connection.out().write(request.octets());
            return connection.answer().orElseThrow(() -> new AssertionError("closed without an answer"));
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    /** Sends it and insists on this status, a clean refusal, and a state as before. */
    Answer refuses(int status, RawRequest request) {
        var answer = send(request);
        assertThat(answer.status()).as(answer.raw()).isEqualTo(status);
        isClean(answer);
        isAuditedWithoutTokens();
        changedNothing();
        return answer;
    }

    /** The same with the error code (RFC 6749 section 5.2). */
    void refuses(String error, RawRequest request) {
        assertThat(refuses(400, request).text("error")).isEqualTo(error);
    }

    /** RFC 6749 section 5.2 and threat model R32: JSON with a request id that tells nothing and stays nowhere. */
    void isClean(Answer answer) {
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
        assertThat(answer.text("error")).matches("[a-z_]+");
        assertThat(answer.text("request_id")).matches("[0-9A-Z]{26}");
        assertThat(answer.raw()).doesNotContain("Exception");
        tellsNothing(answer);
    }

    /** No inside, no echo of a token, no leave for other origins. */
    void tellsNothing(Answer answer) {
        assertThat(answer.raw())
                .doesNotContain("io.taskbound", "java.", "\tat ")
                .doesNotContain(proof, token, signatureOf(proof), signatureOf(token));
        assertThat(answer.headers().keySet())
                .noneMatch(name -> name.startsWith("access-control-"))
                .doesNotContain("set-cookie", "server", "x-powered-by");
    }

    /** The line that the owner reads holds no token either. */
    private void isAuditedWithoutTokens() {
        assertThat(issuer.lastDecision()).doesNotContain(proof, token, signatureOf(proof), signatureOf(token));
    }

    private static String signatureOf(String jwt) {
        return jwt.substring(jwt.lastIndexOf('.') + 1);
    }

    void changedNothing() {
        assertThat(issuer.isAlive(token, "deployer")).as("the task token lives").isTrue();
        assertThat(issuer.exchange(proof, deploy(), UUID.randomUUID()).status())
                .as("the ID token can be exchanged")
                .isEqualTo(200);
    }
}
