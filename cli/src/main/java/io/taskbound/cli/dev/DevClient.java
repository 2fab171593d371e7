// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.dev;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Loopback;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.json.JsonText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Gets ID tokens from the stand-in of a running {@code serve --dev}, on this machine only. */
final class DevClient {
    private static final String DEFAULT_ISSUER = "http://127.0.0.1:8787";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String issuer;

    private DevClient(String issuer) {
        this.issuer = issuer;
    }

    static DevClient of(Optional<String> issuer, CommandContext context) throws Complaint {
        var url = issuer.or(() -> context.variable("TASKBOUND_ISSUER")).orElse(DEFAULT_ISSUER);
        return new DevClient(Loopback.loopbackIssuerUrl(url));
    }

    String issuer() {
        return issuer;
    }

    String idToken(DevWish wish) throws Complaint {
        var request = HttpRequest.newBuilder(URI.create(issuer + DevEndpoint.PATH))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JsonText.of(wish.toJson())))
                .build();
        try {
            var answer =
                    HttpClient.newBuilder().connectTimeout(PATIENCE).build().send(request, BodyHandlers.ofString());
            return switch (answer.statusCode()) {
                case 200 -> answer.body();
                case 404 ->
                    throw Complaint.refused(
                            issuer + " was not started with --dev, so it has no stand-in provider.",
                            "Start `taskbound serve --dev`.");
                default ->
                    throw Complaint.refused(
                            "The stand-in provider answered: " + Printable.of(answer.body()) + ".",
                            "Change the request.");
            };
        } catch (IOException unreachable) {
            throw Complaint.refused("Nothing answers at " + issuer + ".", "Start `taskbound serve --dev` first.");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw Complaint.refused("Interrupted.", "Run it again.");
        }
    }
}
