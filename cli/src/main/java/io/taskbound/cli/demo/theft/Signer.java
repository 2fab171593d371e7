// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo.theft;

import io.taskbound.cli.demo.AuditTail;
import io.taskbound.cli.demo.Observed;
import io.taskbound.cli.http.LocalAnswer;
import io.taskbound.cli.http.LocalRequest;
import io.taskbound.cli.http.LocalServer;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.ServerCredentials;
import io.taskbound.client.TaskToken;
import io.taskbound.client.Use;
import io.taskbound.client.resource.Enforcer;
import io.taskbound.client.resource.Presented;
import io.taskbound.client.resource.Verdict;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * The company's signer, which lets in each request for one use of its token. It writes down every request with its
 * credentials, as a badly configured service may: a thief reads that, too.
 */
final class Signer implements AutoCloseable {
    private static final String PREFIX = "artifact:acme/shop/";
    private static final Pattern PATH = Pattern.compile("/sign/([a-z.]{1,40})");
    /** What a signature is asked for by, and what takes one back. */
    private static final Map<String, String> ACTIONS = Map.of("POST", "sign", "DELETE", "withdraw");

    private final LocalServer server;
    private final Path log;
    private final AuditTail audit;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();

    private Signer(LocalServer server, Path log, AuditTail audit) {
        this.server = server;
        this.log = log;
        this.audit = audit;
    }

    /**
     * A request that reached it.
     *
     * @param observed SIGNED, or why the issuer let it not be used
     * @param token that came with it, if one did
     */
    record Seen(Observed observed, Optional<TaskToken> token) {}

    /** Takes a port; nothing is answered before {@link #serve}. */
    static Signer bind(Path log, AuditTail audit) throws IOException {
        return new Signer(LocalServer.bind(0), log, audit);
    }

    void serve(IssuerClient issuer, ServerCredentials credentials) {
        var enforcer = Enforcer.of(issuer, credentials);
        server.serve(request -> answer(request, enforcer));
    }

    String url() {
        return server.url();
    }

    /** All requests so far. */
    List<Seen> seen() {
        return List.copyOf(seen);
    }

    /**
     * What came of a request: what it did, if the caller heard the same.
     *
     * @param status that the caller was answered with
     * @param request which one, from 0
     */
    Observed answered(String status, int request) {
        if (request >= seen.size()) {
            return Observed.did("STATUS " + status);
        }
        var observed = seen.get(request).observed();
        var heard = observed.reason().isEmpty() ? "200" : "401";
        return status.equals(heard) ? observed : Observed.did("STATUS " + status);
    }

    private LocalAnswer answer(LocalRequest request, Enforcer enforcer) {
        var path = PATH.matcher(request.path());
        var action = Optional.ofNullable(ACTIONS.get(request.method()));
        if (!path.matches() || action.isEmpty()) {
            return LocalAnswer.text(404, "there is nothing here");
        }
        var presented = Presented.read(request.header("authorization"), request.header("dpop"));
        writeDown(request);
        var verdict = enforcer.enforce(
                presented,
                Use.once(action.get(), PREFIX + path.group(1)),
                request.method(),
                URI.create(url() + request.path()));
        var token =
                presented instanceof Presented.Token there ? Optional.of(there.token()) : Optional.<TaskToken>empty();
        if (verdict instanceof Verdict.Refused refused) {
            var reason = audit.last("redeem").flatMap(line -> line.string("reason"));
            seen.add(new Seen(Observed.refused(reason.orElse(refused.reason())), token));
            var answer = LocalAnswer.text(refused.status(), refused.message());
            for (var header : refused.headers().entrySet()) {
                answer = answer.with(header.getKey(), header.getValue());
            }
            return answer;
        }
        seen.add(new Seen(Observed.did(action.get().equals("sign") ? "SIGNED" : "WITHDRAWN"), token));
        return LocalAnswer.text(200, "signed");
    }

    /** In a folder that goes with the demo. */
    private void writeDown(LocalRequest request) {
        try {
            Files.write(
                    log,
                    List.of(
                            request.method() + " " + request.path(),
                            String.join(",", request.header("authorization")),
                            String.join(",", request.header("dpop"))),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException full) {
            throw new IllegalStateException("the demo's folder cannot be written to", full);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
