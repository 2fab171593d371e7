// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.local.HttpDynamo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is in the memory of a function whose snapshot is taken now: the deployed zip, rehearsed and waiting to be
 * restored under the real runtime interface client. Its live heap is written to a file and searched, whoever's code
 * holds what is found. The same search after a restore and a mint finds all of it, so it could fail.
 */
class SnapshotIT {
    /** Nothing of these may be alive: policies, keys, tokens, records, what was verified, clients and connections. */
    private static final Set<String> NONE = Set.of(
            "io.taskbound.policy.Policy",
            "io.taskbound.issuer.CurrentPolicy",
            "io.taskbound.identity.PublishedKeys",
            "io.taskbound.identity.VerificationKey",
            "io.taskbound.token.KmsSigner",
            "io.taskbound.token.TaskTokenVerifier",
            "io.taskbound.token.VerifiedTokenCache",
            "io.taskbound.ledger.DynamoLedger",
            "software.amazon.awssdk.services.dynamodb.DefaultDynamoDbClient",
            "software.amazon.awssdk.services.kms.DefaultKmsClient",
            "software.amazon.awssdk.http.apache5.Apache5HttpClient");

    /** What a rehearsal opens, beside clients. The runtime's client has a socket of its own, which waits for Lambda. */
    private static final Set<String> OF_A_REHEARSAL = Set.of(
            "java.net.ServerSocket",
            "sun.security.ssl.SSLSocketImpl",
            "sun.security.ssl.SSLServerSocketImpl",
            "io.taskbound.identity.KeyCache",
            "io.taskbound.lambda.StubAws",
            "io.taskbound.lambda.RehearsalScene");

    /** Keys of any kind that the JDK knows, but for those of the authorities' certificates. */
    private static final Pattern PRIVATE_KEY =
            Pattern.compile("sun\\.security\\.(ec\\.ECPrivateKeyImpl|rsa\\.RSAPrivate(Crt)?KeyImpl|pkcs.*Key.*)"
                    + "|com\\.nimbusds\\.jose\\.jwk\\..*Key|com\\.nimbusds\\.jose\\.crypto\\..*(Signer|Verifier)");

    /** The function's own credentials, as the SDK keeps them with the name of region and service. */
    private static final String SECRET = "c2VjcmV0LW9mLXRoaXMtdGVzdA";

    private static final Pattern TOKEN = Pattern.compile("eyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}");

    @TempDir
    private Path folder;

    @Test
    void holdsNothingSecretAndNothingUniqueUntilItIsRestored() throws Exception {
        var zip = Path.of(System.getProperty("taskbound.lambda.zip"));
        var unpacked = FunctionProcess.unpack(zip, Files.createDirectory(folder.resolve("task")));
        try (var dynamo = HttpDynamo.start();
                var api = new RuntimeApi();
                var scene = new FunctionScene(folder, dynamo)) {
            FunctionScene.createTables(dynamo);
            scene.settings.putAll(
                    Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start", "AWS_SECRET_ACCESS_KEY", SECRET));
            try (var function = FunctionProcess.start(FunctionLaunch.forSnapshot(unpacked, 5), api, scene.settings)) {
                RuntimeApi.await(api.snapshotTaken);
                assertThat(function.log()).containsPattern("taskbound: rehearsed [0-9]{2,} requests");
                assertThat(found(function, "before")).isEmpty();

                api.restoring.complete(null);
                assertThat(api.invoke(scene.mint())).startsWith("{\"statusCode\":200");
                assertThat(found(function, "after"))
                        .contains("a policy's text", "a token", "a secret access key")
                        .containsAll(NONE);
            }
        }
    }

    private Set<String> found(FunctionProcess function, String name) throws IOException, InterruptedException {
        var found = new TreeSet<String>();
        for (var line : jcmd(function, "GC.class_histogram").lines().toList()) {
            var columns = List.of(line.strip().split("\\s+", -1));
            var type = columns.size() > 3 ? columns.get(3) : "";
            if (NONE.contains(type)
                    || OF_A_REHEARSAL.contains(type)
                    || PRIVATE_KEY.matcher(type).matches()) {
                found.add(type);
            }
        }
        if (jcmd(function, "Thread.print").contains("\"rehearsal-")) {
            found.add("a thread");
        }
        var dump = folder.resolve(name + ".hprof");
        jcmd(function, "GC.heap_dump", dump.toString());
        var texts = Files.readString(dump, ISO_8859_1);
        Files.delete(dump);
        if (texts.contains("sign-release") || texts.contains("scene:${project}")) {
            found.add("a policy's text");
        }
        if (texts.contains(SECRET + "-")) {
            found.add("a secret access key");
        }
        if (TOKEN.matcher(texts).find()) {
            found.add("a token");
        }
        return found;
    }

    private static String jcmd(FunctionProcess function, String... command) throws IOException, InterruptedException {
        var whole = new ArrayList<String>();
        whole.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        whole.add(Long.toString(function.pid()));
        whole.addAll(List.of(command));
        var process = new ProcessBuilder(whole).redirectErrorStream(true).start();
        try (var answer = process.inputReader(ISO_8859_1)) {
            var text = answer.lines().collect(Collectors.joining("\n"));
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(text).isZero();
            return text;
        }
    }
}
