// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.jwk.ECKey;
import com.sun.net.httpserver.HttpServer;
import io.taskbound.cli.overhttp.LiveIssuer;
import io.taskbound.cli.overhttp.OneIssuer;
import io.taskbound.cli.overhttp.TestPolicy;
import io.taskbound.cli.run.WrappedRun.Setting;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.ServerCredentials;
import io.taskbound.client.TaskToken;
import io.taskbound.client.Use;
import io.taskbound.client.resource.Enforcer;
import io.taskbound.client.resource.Presented;
import io.taskbound.client.resource.Verdict;
import io.taskbound.client.step.TokenMasks;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.ECPrivateKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A real command below {@code run --inject}: what it can see, and what it can do. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands are scripts of a POSIX shell")
@ExtendWith(OneIssuer.class)
class RunInjectIT {
    private static final String TELL_AND_WAIT =
            "echo \"$TASKBOUND_URL\" > url.tmp; mv url.tmp url; while [ ! -e go ]; do sleep 0.1; done";

    /** Version 1, and the head of an octet string of 32. */
    private static final String KEY_BEGINS = "\u0002\u0001\u0001\u0004\u0020";

    @TempDir
    private Path folder;

    private final LiveIssuer issuer;
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private HttpServer service;

    RunInjectIT(LiveIssuer issuer) {
        this.issuer = issuer;
    }

    @BeforeEach
    void startService() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        service.createContext("/", exchange -> {
            authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
            var answer = ("you sent " + exchange.getRequestHeaders().getFirst("Authorization")).getBytes(UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        service.start();
    }

    @AfterEach
    void stopService() {
        service.stop(0);
    }

    private Setting setting() {
        return Setting.of(issuer, folder).with("--inject", origin());
    }

    private static HttpResponse<String> get(String url) throws Exception {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void theCommandHasAnAddressAndNoTokenAnywhere() throws Exception {
        assumeTrue(Files.isReadable(Path.of("/proc/self/environ")), "NOT RUN: needs Linux's /proc");
        try (var run = setting().sh(TELL_AND_WAIT)) {
            var url = run.awaitFile("url");
            assertThat(url).matches("http://127\\.0\\.0\\.1:[0-9]+/[A-Za-z0-9_-]{43}");
            assertThat(get(url + "/a").body()).startsWith("you sent ").contains("****");
            var sent = authorizations.get(0);
            var token = sent.substring(sent.indexOf(' ') + 1);
            assertThat(issuer.isAlive(token, "deployer")).isTrue();
            var signature = token.substring(token.lastIndexOf('.') + 1);
            var command = run.commandAndItsChildren();
            assertThat(command).isNotEmpty();
            for (var process : command) {
                assertThat(held(process.pid(), signature))
                        .as("process " + process.pid())
                        .isEmpty();
            }
            // The scan finds what is there.
            var secret = url.substring(url.lastIndexOf('/') + 1);
            assertThat(command.stream().flatMap(one -> held(one.pid(), secret).stream()))
                    .contains("environ");
            Files.writeString(folder.resolve("go"), "");
            assertThat(run.await()).isZero();
            assertThat(TokenMasks.of(TaskToken.of(token))).noneMatch(run.err()::contains);
            assertThat(issuer.isAlive(token, "deployer")).isFalse();
            assertThat(authorizations).hasSize(1);
        }
    }

    @Test
    void theKeyOfABoundTokenIsInTheMemoryOfRunAlone() throws Exception {
        assumeTrue(Files.isReadable(Path.of("/proc/self/environ")), "NOT RUN: needs Linux's /proc");
        var proofs = startVault();
        var vault =
                Setting.of(issuer, folder).asking("unlock", "unlock", "safe:1").with("--inject", origin());
        try (var run = vault.sh(TELL_AND_WAIT)) {
            var url = run.awaitFile("url");
            assertThat(get(url + "/safe").statusCode()).isEqualTo(204);
            assertThat(get(url + "/safe").statusCode()).isEqualTo(204);
            assertThat(proofs).hasSize(2).doesNotHaveDuplicates();
            var published = JWSObject.parse(proofs.get(0)).getHeader().getJWK().toECKey();
            // Whoever may read the memory of run finds it: the same search would find it in the command.
            var key = privateKey(run.pid(), published);
            assertThat(key).isPresent();
            for (var process : run.commandAndItsChildren()) {
                assertThat(held(process.pid(), key.get())).isEmpty();
                assertThat(held(process.pid(), new String(published.getX().decode(), ISO_8859_1)))
                        .isEmpty();
            }
            Files.writeString(folder.resolve("go"), "");
            assertThat(run.await()).isZero();
            assertThat(run.err()).doesNotContain("binds no tokens");
        }
    }

    /** Takes bound tokens for one safe; all proofs that it was sent. */
    private List<String> startVault() {
        var proofs = new CopyOnWriteArrayList<String>();
        var enforcer = Enforcer.of(
                IssuerClient.builder(IssuerUrl.of(issuer.url())).build(),
                ServerCredentials.of("vault", TestPolicy.secretOf("vault")));
        service.createContext("/safe", exchange -> {
            var headers = exchange.getRequestHeaders();
            var sent = headers.getOrDefault("Dpop", List.of());
            proofs.addAll(sent);
            var verdict = enforcer.enforce(
                    Presented.read(headers.getOrDefault("Authorization", List.of()), sent),
                    Use.once("unlock", "safe:1"),
                    exchange.getRequestMethod(),
                    URI.create(origin() + exchange.getRequestURI()));
            exchange.sendResponseHeaders(verdict instanceof Verdict.Allowed ? 204 : 401, -1);
            exchange.close();
        });
        return proofs;
    }

    private String origin() {
        return "http://127.0.0.1:" + service.getAddress().getPort();
    }

    /** The 32 octets of the private key, searched for by what stands before them in its DER form. */
    private static Optional<String> privateKey(long pid, ECKey published) {
        var found = new AtomicReference<String>();
        var process = Path.of("/proc", Long.toString(pid));
        return isInMemory(process, text -> isKeyIn(text, published, found))
                ? Optional.of(found.get())
                : Optional.empty();
    }

    private static boolean isKeyIn(String memory, ECKey published, AtomicReference<String> found) {
        for (int at = memory.indexOf(KEY_BEGINS); at >= 0; at = memory.indexOf(KEY_BEGINS, at + 1)) {
            int start = at + KEY_BEGINS.length();
            if (start + 32 <= memory.length() && isKey(memory.substring(start, start + 32), published)) {
                found.set(memory.substring(start, start + 32));
                return true;
            }
        }
        return false;
    }

    private static boolean isKey(String octets, ECKey published) {
        try {
            var open = published.toECPublicKey();
            var secret = KeyFactory.getInstance("EC")
                    .generatePrivate(
                            new ECPrivateKeySpec(new BigInteger(1, octets.getBytes(ISO_8859_1)), open.getParams()));
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(secret);
            var signed = signature.sign();
            signature.initVerify(open);
            return signature.verify(signed);
        } catch (GeneralSecurityException | JOSEException another) {
            return false;
        }
    }

    /** Where in a process's files below /proc, its open files and its memory a text is. */
    private static List<String> held(long pid, String text) {
        var process = Path.of("/proc", Long.toString(pid));
        var found = new ArrayList<String>();
        Stream.of("environ", "cmdline", "maps")
                .filter(name -> read(process.resolve(name)).contains(text))
                .forEach(found::add);
        try (var open = Files.newDirectoryStream(process.resolve("fd"))) {
            for (var file : open) {
                if (Files.isRegularFile(file) && read(file).contains(text)) {
                    found.add("fd");
                }
            }
        } catch (IOException ended) {
            return found;
        }
        if (isInMemory(process, piece -> piece.contains(text))) {
            found.add("mem");
        }
        return found;
    }

    private static boolean isInMemory(Path process, Predicate<String> wanted) {
        try (var memory = new RandomAccessFile(process.resolve("mem").toFile(), "r")) {
            for (var line : Files.readAllLines(process.resolve("maps"), ISO_8859_1)) {
                var range = line.split("[ -]", 4);
                if (range[2].startsWith("rw") && !line.contains("[v") && isIn(memory, range, wanted)) {
                    return true;
                }
            }
        } catch (IOException notPermitted) {
            return false;
        }
        return false;
    }

    private static boolean isIn(RandomAccessFile memory, String[] range, Predicate<String> wanted) {
        long start = Long.parseUnsignedLong(range[0], 16);
        int length = (int) Math.min(64L << 20, Long.parseUnsignedLong(range[1], 16) - start);
        var octets = new byte[length];
        try {
            memory.seek(start);
            memory.readFully(octets);
        } catch (IOException unmapped) {
            return false;
        }
        return wanted.test(new String(octets, ISO_8859_1));
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), ISO_8859_1);
        } catch (IOException endedOrForeign) {
            return "";
        }
    }

    @Test
    void itsEnvironmentHasTheAddressAndAnExemptionFromProxies() throws Exception {
        try (var run = setting().having("NO_PROXY", "a.example").sh("env")) {
            assertThat(run.await()).isZero();
            assertThat(run.out())
                    .contains("TASKBOUND_URL=http://127.0.0.1:", "TASKBOUND_HANDLE=")
                    .contains("NO_PROXY=a.example,127.0.0.1", "no_proxy=a.example,127.0.0.1")
                    .doesNotContain("TASKBOUND_TOKEN", "TASKBOUND_HEADER_FILE");
            assertThat(run.err()).contains("the token is added here, bound to no key");
        }
    }

    @Test
    void theAddressOpensNothingWhenTheCommandHasEnded() throws Exception {
        try (var run = setting().sh(TELL_AND_WAIT + "; exit 7")) {
            var url = run.awaitFile("url");
            Files.writeString(folder.resolve("go"), "");
            assertThat(run.await()).isEqualTo(7);
            assertThat(authorizations).isEmpty();
            assertThatThrownBy(() -> get(url)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void saysWhatIsWrongWithItsOptions() throws Exception {
        try (var run = Setting.of(issuer, folder)
                .with("--inject", "http://deploy.acme.example", "--inject-rules", "none.yaml")
                .sh(":")) {
            assertThat(run.await()).isEqualTo(2);
            assertThat(run.err()).contains("--inject must be the https address of one service");
        }
    }
}
