// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskbound.client.TaskDetail;
import io.taskbound.client.TaskRequest;
import io.taskbound.client.TaskToken;
import io.taskbound.client.dpop.ProofKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The services of docs/resource-servers.md as their callers see them, with a real issuer behind. */
class ServiceExamplesTest {
    private static final List<Started> SERVICES = new ArrayList<>();
    /** As the services know their own address. */
    private static final URI TICKET = URI.create("https://tickets.acme.example/tickets/7");

    private static HttpIssuer issuer;

    @TempDir
    private static Path folder;

    /** What a service is written in. */
    enum Language {
        NODE("node"),
        PYTHON("python3");

        private final String program;

        Language(String program) {
            this.program = program;
        }

        Started service() {
            assumeTrue(Program.isInstalled(program), program + " is not installed");
            return SERVICES.stream()
                    .filter(service -> service.language() == this)
                    .findFirst()
                    .orElseThrow();
        }

        List<String> command(InstalledPackages packages) {
            return this == NODE ? packages.node("service.mjs") : packages.python("service.py");
        }
    }

    /** @param url without a slash at its end */
    record Started(Language language, Process process, String url) {}

    @BeforeAll
    static void start() throws IOException {
        issuer = new HttpIssuer();
        var packages = InstalledPackages.in(folder);
        Files.writeString(folder.resolve("secret"), HttpIssuer.SECRET + "\n");
        for (var language : Language.values()) {
            if (Program.isInstalled(language.program)) {
                SERVICES.add(start(language, packages));
            }
        }
    }

    private static Started start(Language language, InstalledPackages packages) throws IOException {
        var builder = new ProcessBuilder(language.command(packages))
                .redirectError(folder.resolve(language + ".log").toFile());
        builder.environment().putAll(packages.environment());
        builder.environment().put("TASKBOUND_ISSUER", issuer.url());
        builder.environment()
                .put("TASKBOUND_SECRET_FILE", folder.resolve("secret").toString());
        var process = builder.start();
        var port = process.inputReader(StandardCharsets.UTF_8).readLine();
        return new Started(language, process, "http://127.0.0.1:" + port);
    }

    @AfterAll
    static void stop() {
        SERVICES.forEach(service -> service.process().destroyForcibly());
        SERVICES.clear();
        issuer.close();
    }

    @ParameterizedTest
    @EnumSource
    void servesExactlyThePermittedTicketExactlyOnce(Language language) throws Exception {
        var service = language.service();
        var token = ticket("ticket:7");
        assertThat(get(service, "/tickets/8", token).statusCode())
                .as("another ticket")
                .isEqualTo(403);
        var served = get(service, "/tickets/7", token);
        assertThat(served.statusCode()).isEqualTo(200);
        assertThat(served.body()).startsWith("the ticket, for task:read-ticket:");
        var spent = get(service, "/tickets/7", token);
        assertThat(spent.statusCode()).isEqualTo(401);
        assertThat(spent.headers().firstValue("WWW-Authenticate")).hasValue("Bearer error=\"invalid_token\"");
        assertThat(log(language)).contains("not_permitted", "allowed", "spent").doesNotContain(token.reveal());
    }

    @ParameterizedTest
    @EnumSource
    void refusesAClosedAndAForeignToken(Language language) throws Exception {
        var service = language.service();
        var closed = ticket("ticket:7");
        issuer.client().close(closed);
        assertThat(get(service, "/tickets/7", closed).statusCode()).isEqualTo(401);
        var foreign = issuer.mint("deploy", "deploy", "service:acme/shop/production");
        assertThat(get(service, "/tickets/7", foreign).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource
    void tellsWhoComesWithoutATokenWhatItTakes(Language language) throws Exception {
        var answer = send(language.service(), "GET", "/tickets/7", List.of());
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer, DPoP algs=\"ES256\"");
    }

    /** Nothing that resembles a permitted request is one, and no use is counted for it. */
    @ParameterizedTest
    @EnumSource
    void refusesWhatIsNotExactlyThatRequest(Language language) throws Exception {
        var service = language.service();
        var token = ticket("ticket:7");
        for (var path : List.of(
                "/tickets/7/",
                "/tickets/7?x=1",
                "/TICKETS/7",
                "/tickets/7;a",
                "/tickets/../tickets/7",
                "/tickets/7%00")) {
            assertThat(get(service, path, token).statusCode()).as(path).isEqualTo(403);
        }
        assertThat(send(service, "POST", "/tickets/7", List.of(bearer(token))).statusCode())
                .isEqualTo(403);
        assertThat(send(service, "GET", "/tickets/7", List.of(bearer(token), bearer(token)))
                        .statusCode())
                .as("two tokens")
                .isEqualTo(401);
        assertThat(get(service, "/tickets/7", token).statusCode()).isEqualTo(200);
    }

    /** Whoever has a copy of the token, and a proof that was used, has nothing. */
    @ParameterizedTest
    @EnumSource
    void takesATokenThatIsBoundToAKeyWithItsProofAlone(Language language) throws Exception {
        var service = language.service();
        var key = ProofKey.create();
        var request = TaskRequest.of(TaskDetail.of("read-ticket", "read", "ticket:7"));
        var token = issuer.mint(request.withProofKey(key));

        assertThat(get(service, "/tickets/7", token).statusCode()).as("a copy").isEqualTo(401);
        var elsewhere = proven(service, token, key.proof("GET", TICKET.resolve("8"), Optional.empty(), token));
        assertThat(elsewhere.statusCode()).isEqualTo(401);
        assertThat(elsewhere.headers().firstValue("WWW-Authenticate"))
                .hasValue("DPoP error=\"invalid_dpop_proof\", algs=\"ES256\"");
        assertThat(elsewhere.headers().firstValue("DPoP-Nonce")).isPresent();

        var proof = key.proof("GET", TICKET, Optional.empty(), token);
        var served = proven(service, token, proof);
        assertThat(served.statusCode()).as(served.body()).isEqualTo(200);
        assertThat(served.headers().firstValue("DPoP-Nonce")).isPresent();
        assertThat(proven(service, token, proof).statusCode()).as("again").isEqualTo(401);
        assertThat(log(language)).contains("invalid_dpop_proof");
    }

    private HttpResponse<String> proven(Started service, TaskToken token, String proof) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(service.url() + "/tickets/7"))
                .header("Authorization", "DPoP " + token.reveal())
                .header("DPoP", proof);
        return answer(request);
    }

    private static TaskToken ticket(String identifier) {
        return issuer.mint("read-ticket", "read", identifier);
    }

    private static String log(Language language) throws IOException {
        return Files.readString(folder.resolve(language + ".log"));
    }

    private static String bearer(TaskToken token) {
        return "Bearer " + token.reveal();
    }

    private HttpResponse<String> get(Started service, String path, TaskToken token) throws Exception {
        return send(service, "GET", path, List.of(bearer(token)));
    }

    private HttpResponse<String> send(Started service, String method, String path, List<String> authorization)
            throws Exception {
        var request = HttpRequest.newBuilder(URI.create(service.url() + path)).method(method, BodyPublishers.noBody());
        authorization.forEach(value -> request.header("Authorization", value));
        return answer(request);
    }

    /**
     * Over a connection of its own: Python's server speaks HTTP/1.0 and closes it after its answer, the JDK's client
     * keeps it all the same, and what it sends in that moment is lost.
     */
    private static HttpResponse<String> answer(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }
}
