// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.guard;

import static org.assertj.core.api.Assertions.fail;

import io.taskbound.cli.direct.DirectTransport;
import io.taskbound.cli.overhttp.TestPolicy;
import io.taskbound.cli.rules.RulesFile;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.ServerCredentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A guard of a resource server of {@link TestPolicy}, {@code signer} unless said, on free ports of this machine. */
final class TestedGuard implements AutoCloseable {
    static final String DIGEST = "9f".repeat(32);
    /** What {@link TestPolicy#sign} permits. */
    static final String PERMITTED = "/artifacts/acme/shop/app.jar/" + DIGEST;

    private static final String RULES = """
            version: 1
            public_url: @URL@
            rules:
              - name: sign
                methods: [PUT]
                path: /artifacts/{owner}/{name}/{file}/{digest}
                where: {digest: sha256}
                query: [format]
                action: sign
                identifier: "artifact:{owner}/{name}/{file}@sha256:{digest}"
              - name: files
                methods: [GET]
                path: /files/{path...}
                action: read
                identifier: "file:{path}"
              - name: unlock
                methods: [POST]
                path: /safes/{safe}
                action: unlock
                identifier: "safe:{safe}"
            open: [/healthz]
            """;

    private final RunningGuard running;
    private final Gateway gateway;
    private final List<String> log = new CopyOnWriteArrayList<>();

    TestedGuard(Gateway gateway, String issuer, Path folder) throws Exception {
        this(gateway, issuer, folder, "https://signer.acme.example");
    }

    /** Of {@code vault}, which takes only tokens that are bound to a key. */
    static TestedGuard ofVault(Gateway gateway, String issuer, Path folder) throws Exception {
        return new TestedGuard(gateway, issuer, folder, "https://signer.acme.example", "vault");
    }

    /** @param publicUrl by which its callers know the service */
    TestedGuard(Gateway gateway, String issuer, Path folder, String publicUrl) throws Exception {
        this(gateway, issuer, folder, publicUrl, "signer");
    }

    private TestedGuard(Gateway gateway, String issuer, Path folder, String publicUrl, String server) throws Exception {
        this.gateway = gateway;
        var rules = RulesFile.read(Files.writeString(folder.resolve("rules.yaml"), RULES.replace("@URL@", publicUrl)))
                .rules(line -> fail(line))
                .orElseThrow();
        var asked = new GuardIssuer(
                IssuerUrl.of(issuer),
                DirectTransport.create(GuardIssuer.MOST_CONNECTIONS),
                ServerCredentials.of(server, TestPolicy.secretOf(server)));
        var free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        this.running = RunningGuard.start(
                new RunningGuard.Settings(rules, gateway, free, free), asked, log::add, Clock.systemUTC());
    }

    int port() {
        return URI.create(running.url()).getPort();
    }

    Question question(String method, String target) {
        return Question.of(gateway, method, target);
    }

    Asked ask(Question question) throws IOException {
        return Asked.of(running.url(), question.lines());
    }

    Asked ask(String octets) throws IOException {
        return Asked.of(running.url(), octets);
    }

    Asked admin(String path) throws IOException {
        return Asked.of(running.adminUrl(), List.of("GET " + path + " HTTP/1.1", "Host: x", "Connection: close"));
    }

    /** The lines that it has logged. */
    List<String> log() {
        return List.copyOf(log);
    }

    @Override
    public void close() {
        running.close();
    }
}
