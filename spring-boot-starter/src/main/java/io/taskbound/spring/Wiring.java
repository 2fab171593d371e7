// SPDX-License-Identifier: Apache-2.0
package io.taskbound.spring;

import io.taskbound.client.IssuerClient;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.Patience;
import io.taskbound.client.ServerCredentials;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * Makes the client's types of the properties. What is missing or wrong ends the start, with a sentence that says what
 * to do.
 */
final class Wiring {
    private static final Pattern ORIGIN = Pattern.compile("https?://[^/?#@\\s]+");
    private static final int LARGEST_SECRET_FILE = 16 * 1024;
    private static final DataSize LARGEST_BODY = DataSize.ofGigabytes(1);

    private Wiring() {}

    static IssuerClient issuer(TaskboundProperties properties) {
        var url = checked("taskbound.issuer", properties.issuer(), "set it to the issuer's URL", IssuerUrl::of);
        var patience = checked("taskbound.deadline", properties.deadline(), "set it to some seconds", Wiring::patience);
        return IssuerClient.builder(url).patience(patience).build();
    }

    /**
     * Asks again within the deadline; the client gives all tries of one use the same id, so that it is counted once.
     */
    private static Patience patience(Duration deadline) {
        var once = deadline.dividedBy(2).plusMillis(1);
        return new Patience(3, deadline, once, Duration.ofMillis(200), Duration.ofSeconds(1));
    }

    static ServerCredentials server(TaskboundProperties properties) {
        var secret = checked(
                "taskbound.secret-file",
                properties.secretFile(),
                "set it to a file with the secret that `taskbound policy secret` made",
                Wiring::read);
        return checked(
                "taskbound.server",
                properties.server(),
                "set it to the service's name under resource_servers in the policy",
                name -> ServerCredentials.of(name, secret));
    }

    private static String read(Path file) {
        try {
            if (Files.size(file) > LARGEST_SECRET_FILE) {
                throw new IllegalArgumentException("the file is too large for a secret");
            }
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "the file cannot be read (" + unreadable.getClass().getSimpleName() + ")", unreadable);
        }
    }

    static Optional<URI> publicUrl(TaskboundProperties properties) {
        return Optional.ofNullable(properties.publicUrl())
                .map(text -> checked("taskbound.public-url", text, "set it", Wiring::origin));
    }

    /** In bytes; it is read into memory. */
    static int maxBody(TaskboundProperties properties) {
        return checked("taskbound.max-body", properties.maxBody(), "set it to some megabytes", Wiring::bytes);
    }

    private static int bytes(DataSize size) {
        if (size.toBytes() < 1 || size.compareTo(LARGEST_BODY) > 0) {
            throw new IllegalArgumentException("it must be 1B to " + LARGEST_BODY.toMegabytes() + "MB");
        }
        return (int) size.toBytes();
    }

    private static URI origin(String text) {
        var trimmed = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        if (!ORIGIN.matcher(trimmed).matches()) {
            throw new IllegalArgumentException("it must be scheme and host, such as https://signer.acme.example");
        }
        return URI.create(trimmed);
    }

    private static <F, T> T checked(String name, @Nullable F value, String remedy, Function<F, T> reading) {
        if (value == null || value.toString().isBlank()) {
            throw new InvalidConfigurationPropertyValueException(name, "", "it is missing; " + remedy);
        }
        try {
            return reading.apply(value);
        } catch (IllegalArgumentException fault) {
            var reason = String.valueOf(fault.getMessage());
            if (value.toString().contains("@")) {
                // Spring Boot prints the value of an invalid property, and what is before an @ may be a password.
                throw new IllegalStateException(
                        name + " cannot be used (its value is not shown, since it may hold a password): " + reason);
            }
            throw new InvalidConfigurationPropertyValueException(name, value, reason);
        }
    }
}
