// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.client.IdToken;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Asks the runner of GitHub Actions for an ID token, by the URL and the bearer secret that it gave to the job. */
final class GithubIdToken implements IdTokenSource {
    private static final String URL = "ACTIONS_ID_TOKEN_REQUEST_URL";
    private static final String TOKEN = "ACTIONS_ID_TOKEN_REQUEST_TOKEN";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int TRIES = 3;

    private final String url;
    private final String bearer;
    private final ProxySelector proxies;

    private GithubIdToken(String url, String bearer, ProxySelector proxies) {
        this.url = url;
        this.bearer = bearer;
        this.proxies = proxies;
    }

    /** Empty outside GitHub Actions, and in a job that may not ask. */
    static Optional<IdTokenSource> of(CommandContext surroundings, ProxySelector proxies) {
        return surroundings
                .variable(URL)
                .flatMap(url -> surroundings.variable(TOKEN).map(bearer -> new GithubIdToken(url, bearer, proxies)));
    }

    static Complaint notPermitted() {
        return Complaint.refused(
                "This job may not ask GitHub for an ID token.",
                "Give the job `permissions: {id-token: write, contents: read}`. In a reusable workflow the caller's job must"
                        + " grant it too. A pull request from a fork never gets one.");
    }

    @Override
    public IdToken fetch(String audience) throws Complaint {
        try {
            return read(answer(request(audience)));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw unavailable("interrupted");
        }
    }

    private HttpRequest request(String audience) throws Complaint {
        try {
            var uri = URI.create(url + (url.contains("?") ? "&" : "?") + "audience="
                    + URLEncoder.encode(audience, StandardCharsets.UTF_8));
            return HttpRequest.newBuilder(uri)
                    .timeout(PATIENCE)
                    .header("Authorization", "Bearer " + bearer)
                    .header("Accept", "application/json; api-version=2.0")
                    .build();
        } catch (IllegalArgumentException noUrl) {
            // Not as the cause: its message could repeat the bearer.
            throw Complaint.refused(
                    URL + " and " + TOKEN + " are not what a runner sets.", "Do not set them yourself.");
        }
    }

    private HttpResponse<String> answer(HttpRequest request) throws Complaint, InterruptedException {
        var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(PATIENCE)
                .proxy(proxies)
                .build();
        String why = "";
        for (int tries = 1; tries <= TRIES; tries++) {
            try {
                var answer = client.send(request, BodyHandlers.ofString());
                if (answer.statusCode() < 500 && answer.statusCode() != 429) {
                    return answer;
                }
                why = "it answered " + answer.statusCode();
            } catch (IOException noAnswer) {
                why = "no answer (" + noAnswer.getClass().getSimpleName() + ")";
            }
            Thread.sleep(tries < TRIES ? 500L * tries : 0);
        }
        throw unavailable(why);
    }

    private static IdToken read(HttpResponse<String> answer) throws Complaint {
        if (answer.statusCode() != 200) {
            throw unavailable("it answered " + answer.statusCode());
        }
        try {
            var body = StrictJson.parseObject(answer.body().getBytes(StandardCharsets.UTF_8));
            return IdTokenText.checked(body.string("value").orElse(""), "GitHub's answer");
        } catch (MalformedJson noJson) {
            throw unavailable("it did not answer with JSON");
        }
    }

    private static Complaint unavailable(String why) {
        return Complaint.refused(
                "GitHub's ID token endpoint gave no ID token: " + why + ".",
                "The command was not run. Run the job again; the endpoint belongs to the runner.");
    }
}
