// SPDX-License-Identifier: Apache-2.0
package io.taskbound.spring;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A started application, asked over HTTP. */
final class App implements AutoCloseable {
    /** Applications of one JVM share their logging, which is set up at each start and taken down at each end. */
    private static final Object LOGGING = new Object();

    private final ConfigurableApplicationContext context;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private App(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static App start(Class<?> application, String... properties) {
        var arguments = Stream.concat(
                        Stream.of(
                                "server.port=0",
                                "server.address=127.0.0.1",
                                "spring.main.banner-mode=off",
                                "spring.main.register-shutdown-hook=false",
                                "logging.level.root=warn",
                                "management.endpoint.health.show-details=always",
                                "management.endpoints.web.exposure.include=health,metrics"),
                        Stream.of(properties))
                .map(property -> "--" + property);
        synchronized (LOGGING) {
            return new App(SpringApplication.run(application, arguments.toArray(String[]::new)));
        }
    }

    /** The three lines that everybody needs, and more, or others instead. */
    static String[] properties(IssuerOverHttp issuer, Path folder, String... more) {
        try {
            var secret = Files.writeString(
                    folder.resolve("signer.secret"), io.taskbound.http.TestIssuer.SIGNER_SECRET + "\n");
            var all = new ArrayList<>(List.of(
                    "taskbound.issuer=" + issuer.url(), "taskbound.server=signer", "taskbound.secret-file=" + secret));
            for (var property : more) {
                all.removeIf(line -> line.startsWith(property.substring(0, property.indexOf('=') + 1)));
                all.add(property);
            }
            return all.toArray(String[]::new);
        } catch (IOException unwritable) {
            throw new java.io.UncheckedIOException(unwritable);
        }
    }

    String url() {
        return "http://127.0.0.1:"
                + Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port"));
    }

    HttpResponse<String> post(String path, String body, String... headers) throws IOException, InterruptedException {
        return send("POST", path, body, headers);
    }

    HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/octet-stream");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static String[] bearer(String token) {
        return new String[] {"Authorization", "Bearer " + token};
    }

    @Override
    public void close() {
        synchronized (LOGGING) {
            context.close();
        }
    }
}
