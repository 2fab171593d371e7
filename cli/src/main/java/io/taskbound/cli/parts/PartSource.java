// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.parts;

import io.taskbound.cli.proxy.EnvironmentProxies;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Loopback;
import io.taskbound.cli.terminal.Printable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Where the files come from: this user's own Maven repository if it has them, else the one that the list or
 * {@code TASKBOUND_MAVEN_CENTRAL} names. What comes is not trusted: {@link PartsFolder} checks it.
 */
final class PartSource {
    private static final String VARIABLE = "TASKBOUND_MAVEN_CENTRAL";
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration WHOLE_FILE = Duration.ofMinutes(3);
    private static final int TRIES = 3;

    private final String repository;
    private final Optional<Path> own;
    private final EnvironmentProxies proxies;
    private final HttpClient client;

    PartSource(PartList list, CommandContext context) throws Complaint {
        this.repository =
                repository(context.variable(VARIABLE).orElse(list.repository().toString()));
        this.own = context.variable("HOME")
                .or(() -> context.variable("USERPROFILE"))
                .map(home -> Path.of(home, ".m2", "repository"));
        this.proxies = EnvironmentProxies.of(context);
        EnvironmentProxies.allowLogins();
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .proxy(proxies)
                .build();
    }

    private static String repository(String text) throws Complaint {
        try {
            var address = new URI(text);
            boolean plain = "http".equals(address.getScheme()) && Loopback.isLoopback(address);
            if ((plain || "https".equals(address.getScheme()))
                    && address.getHost() != null
                    && address.getRawUserInfo() == null
                    && address.getQuery() == null) {
                return text.endsWith("/") ? text : text + "/";
            }
        } catch (java.net.URISyntaxException fault) {
            // Said below.
        }
        // Not repeated: there may be a password in it.
        throw Complaint.usage(
                VARIABLE + " is not the address of a Maven repository without user and password.",
                "Write it like https://maven.acme.example/central (http on this machine alone).");
    }

    /** Where files come from that this user's own Maven repository does not have. */
    String name() {
        return repository;
    }

    /** The file in this user's own Maven repository, unchecked. */
    Optional<Path> own(Part part) {
        return own.map(folder -> folder.resolve(part.path())).filter(Files::isReadable);
    }

    /**
     * The octets that the repository has, exactly as many as the list says, unchecked.
     *
     * @throws Complaint if there are none to be had, or not in time
     */
    byte[] fetch(Part part, Deadline deadline) throws Complaint {
        var uri = URI.create(repository + part.path());
        var fault = proxies.fault(uri);
        if (fault.isPresent()) {
            throw Complaint.refused(fault.get(), "Set it right, or take the address out of it with no_proxy.");
        }
        String why = "";
        for (int left = TRIES; left > 0 && !deadline.isOver(); left--) {
            try {
                return once(uri, part, deadline.atMost(WHOLE_FILE));
            } catch (IOException again) {
                why = Printable.of(String.valueOf(again.getMessage()));
            }
        }
        if (deadline.isOver()) {
            throw Complaint.refused(
                    "DynamoDB Local did not come within " + deadline.words() + ": " + part.name() + " from "
                            + repository + " was still missing.",
                    "Try again: the cache folder keeps what has come. Or name a nearer mirror of Maven Central in "
                            + VARIABLE + ".");
        }
        throw Complaint.refused(
                "DynamoDB Local could not be fetched: " + part.name() + " from " + repository + ": " + why + ".",
                "Check the network and its proxy (https_proxy), or name a mirror of Maven Central in " + VARIABLE
                        + ". Nothing was changed.");
    }

    private byte[] once(URI uri, Part part, Duration limit) throws IOException {
        var request = HttpRequest.newBuilder(uri).timeout(limit);
        proxies.authorization(uri).ifPresent(login -> request.header("Proxy-Authorization", login));
        var pending = client.sendAsync(
                request.build(),
                head -> head.statusCode() == 200
                                && head.headers()
                                                .firstValueAsLong("Content-Length")
                                                .orElse(-1)
                                        == part.size()
                        ? BodySubscribers.ofByteArray()
                        : new UnwantedBody());
        try {
            return whole(pending.get(limit.toMillis(), TimeUnit.MILLISECONDS), part);
        } catch (TimeoutException tooLate) {
            pending.cancel(true);
            throw new IOException("it did not come within " + limit.toSeconds() + " s", tooLate);
        } catch (InterruptedException interrupted) {
            pending.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        } catch (ExecutionException fault) {
            throw new IOException(NoAnswer.words(fault), fault);
        }
    }

    private static byte[] whole(HttpResponse<byte[]> answer, Part part) throws IOException {
        if (answer.statusCode() == 407) {
            throw new IOException("the proxy wants a user and password");
        }
        if (answer.statusCode() != 200) {
            throw new IOException("the answer was " + answer.statusCode());
        }
        if (answer.body().length != part.size()) {
            throw new IOException("it is not " + part.size() + " bytes long there");
        }
        return answer.body();
    }
}
