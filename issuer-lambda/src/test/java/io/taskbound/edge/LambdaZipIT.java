// SPDX-License-Identifier: Apache-2.0
package io.taskbound.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The zip that is deployed: Lambda takes classes from its root and jars from lib/, and nothing else. */
class LambdaZipIT {
    /** A promise: every megabyte is loaded at a cold start. */
    private static final long LARGEST = 16L * 1024 * 1024;

    private static final Path ZIP = Path.of(System.getProperty("taskbound.lambda.zip", ""));

    @TempDir
    private Path folder;

    @Test
    void holdsTheHandlerAndNothingOfTheTests() throws IOException {
        try (var zip = new ZipFile(ZIP.toFile())) {
            var names = zip.stream().map(entry -> entry.getName()).toList();
            assertThat(names).contains("io/taskbound/edge/IssuerLambda.class", "META-INF/LICENSE");
            assertThat(names)
                    .noneMatch(name -> name.matches("(?i).*(dynamodb-?local|sqlite|junit|assertj|taskbound-local).*"));
        }
        assertThat(Files.size(ZIP)).isLessThan(LARGEST);
    }

    @Test
    void startsFromWhatIsInItAloneAndNamesTheSettingsThatAreMissing() throws Exception {
        try (var classes = new URLClassLoader(unpacked(), ClassLoader.getPlatformClassLoader())) {
            var handler = Class.forName("io.taskbound.edge.IssuerLambda", true, classes);
            var made = catchThrowable(() -> handler.getConstructor().newInstance());

            assertThat(made).isInstanceOf(InvocationTargetException.class);
            assertThat(made.getCause().getClass().getName()).isEqualTo("io.taskbound.edge.Settings$Unusable");
            assertThat(made.getCause()).hasMessageContaining("TASKBOUND_ISSUER_URL");
        }
    }

    /** In every jar of lib/ the classes that the function uses at its first request. */
    @Test
    void holdsTheClientsOfDynamoDbAndKms() throws Exception {
        try (var classes = new URLClassLoader(unpacked(), ClassLoader.getPlatformClassLoader())) {
            for (var name : List.of(
                    "software.amazon.awssdk.services.dynamodb.DynamoDbClient",
                    "software.amazon.awssdk.services.kms.KmsClient",
                    "software.amazon.awssdk.http.apache5.Apache5SdkHttpService",
                    "com.nimbusds.jose.crypto.ECDSAVerifier")) {
                assertThat(Class.forName(name, true, classes)).isNotNull();
            }
        }
    }

    private URL[] unpacked() throws IOException {
        var path = new ArrayList<URL>();
        path.add(folder.toUri().toURL());
        try (var zip = new ZipFile(ZIP.toFile())) {
            for (var entry : zip.stream().filter(each -> !each.isDirectory()).toList()) {
                var file = folder.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.copy(zip.getInputStream(entry), file);
                if (entry.getName().startsWith("lib/")) {
                    path.add(file.toUri().toURL());
                }
            }
        }
        return path.toArray(URL[]::new);
    }
}
