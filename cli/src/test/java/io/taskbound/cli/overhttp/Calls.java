// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.overhttp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Well-formed calls by the JDK's HTTP client, for what a test needs besides its attack. */
public final class Calls {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Calls() {}

    static Answer exchange(String issuer, String idToken, JsonObject details, UUID txn) {
        return post(issuer + "/token", exchangeForm(idToken, details, txn));
    }

    /** The form of RFC 8693 section 2.1 for one task. */
    public static Map<String, String> exchangeForm(String idToken, JsonObject details, UUID txn) {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
        form.put("subject_token", idToken);
        form.put("subject_token_type", "urn:ietf:params:oauth:token-type:id_token");
        form.put("authorization_details", JsonText.of(new JsonArray(List.of(details))));
        form.put("txn", txn.toString());
        form.put("holder_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        return form;
    }

    static Answer revoke(String issuer, String token) {
        return post(issuer + "/revoke", Map.of("token", token));
    }

    static Answer introspect(String issuer, String token, String server) {
        return post(issuer + "/introspect", Map.of("token", token), "Authorization", basic(server));
    }

    /** One use of the task that {@code sign} grants. */
    public static Answer redeem(String issuer, String token, JsonObject task, String server) {
        var form = Map.of(
                "token", token,
                "action", task.string("task").orElseThrow(),
                "identifier", task.string("identifier").orElseThrow());
        return post(issuer + "/redeem", form, "Authorization", basic(server));
    }

    public static String basic(String server) {
        var credentials = server + ":" + TestPolicy.secretOf(server);
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
    }

    private static Answer post(String url, Map<String, String> form, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(url))
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(Form.encode(form)));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            var response = HTTP.send(request.build(), BodyHandlers.ofByteArray());
            return Answer.of(response.statusCode(), response.headers().map(), response.body());
        } catch (IOException noAnswer) {
            throw new AssertionError(noAnswer);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
