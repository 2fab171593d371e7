// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.people;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The same of a real identity provider, where there is one on this machine. */
class KeycloakTest extends PeopleContract {
    private static final Pattern ACTION = Pattern.compile("<form[^>]*action=\"([^\"]+)\"");

    @TempDir
    private static Path folder;

    private static @Nullable Keycloak keycloak;

    @BeforeAll
    static void start() throws IOException {
        try {
            keycloak = Keycloak.start(System.getenv(), folder, REDIRECT);
        } catch (Keycloak.Unavailable notHere) {
            abort("NOT RUN: " + notHere.getMessage());
        }
    }

    @AfterAll
    static void stop() {
        if (keycloak != null) {
            keycloak.close();
        }
    }

    private static Keycloak running() {
        if (keycloak == null) {
            throw new IllegalStateException("it does not run");
        }
        return keycloak;
    }

    @Override
    String issuer() {
        return running().issuer();
    }

    /** As a browser does: the form with name and password, and the cookies that came with it. */
    @Override
    URI login(URI authorization, String name) throws IOException, InterruptedException {
        var page = get(authorization);
        var action = ACTION.matcher(page.body());
        if (!action.find()) {
            throw new IOException("no form: " + page.statusCode());
        }
        var cookies = new StringBuilder();
        page.headers()
                .allValues("Set-Cookie")
                .forEach(cookie -> cookies.append(cookies.isEmpty() ? "" : "; ").append(cookie.split(";", 2)[0]));
        var form = new LinkedHashMap<String, String>(
                Map.of("username", name, "password", running().password()));
        var answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(action.group(1).replace("&amp;", "&")))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .header("Cookie", cookies.toString())
                                .timeout(Duration.ofSeconds(20))
                                .POST(HttpRequest.BodyPublishers.ofString(encoded(form)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return URI.create(answer.headers().firstValue("Location").orElseThrow(() -> new IOException(answer.body())));
    }
}
