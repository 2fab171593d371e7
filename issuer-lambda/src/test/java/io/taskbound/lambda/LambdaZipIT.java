// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The zip that is deployed: Lambda takes classes from its root and the jar in lib/, and nothing else. */
class LambdaZipIT {
    /** A promise: every megabyte is loaded at a cold start. */
    private static final long LARGEST = 16L * 1024 * 1024;

    private static final Path ZIP = Path.of(System.getProperty("taskbound.lambda.zip", ""));

    /** The jar of all libraries, before its class files were prepared. */
    private static final Path LIBRARIES = Path.of(System.getProperty("taskbound.lambda.libraries", ""));

    @TempDir
    private Path folder;

    @Test
    void holdsTheHandlerAndNothingOfTheTests() throws IOException {
        assertThat(names(ZIP)).contains("io/taskbound/lambda/IssuerLambda.class", "META-INF/LICENSE");
        assertThat(names(dependencies()))
                .noneMatch(name ->
                        name.matches("(?i).*(dynamodb.?local|sqlite|junit|assertj|taskbound|testcontainers).*"));
        assertThat(Files.size(ZIP)).isLessThan(LARGEST);
    }

    /** One jar of many: what scanners and lawyers look for is there of each, and its classes are stored as they are. */
    @Test
    void keepsTheLicencesOfAllThatItStandsOn() throws IOException {
        var names = names(dependencies());

        assertThat(names)
                .contains(
                        "META-INF/maven/software.amazon.awssdk/dynamodb/pom.properties",
                        "META-INF/maven/com.nimbusds/nimbus-jose-jwt/pom.properties",
                        "META-INF/maven/org.apache.httpcomponents.client5/httpclient5/pom.properties")
                .anyMatch(name -> name.matches("META-INF/licenses/dynamodb-[0-9.]+/META-INF/LICENSE.txt"))
                .anyMatch(name -> name.matches("META-INF/licenses/httpclient5-[0-9.]+/META-INF/NOTICE"));
        assertThat(names)
                .filteredOn(name -> name.matches("META-INF/(LICENSE|NOTICE).*"))
                .isEmpty();
        try (var jar = new ZipFile(dependencies().toFile())) {
            assertThat(jar.stream()).allMatch(entry -> entry.getMethod() == ZipEntry.STORED);
        }
    }

    /**
     * In one jar of many, a file that two of them have is there once. Jars that the tests alone need have other files.
     */
    @Test
    void hidesNoFileOfOneJarBehindThatOfAnother() throws IOException {
        var checksums = checksums(LIBRARIES);
        var hidden = new ArrayList<String>();
        for (var path : System.getProperty("java.class.path").split(File.pathSeparator)) {
            var jar = path.endsWith(".jar") ? checksums(Path.of(path)) : Map.<String, Long>of();
            if (checksums.keySet().containsAll(jar.keySet())) {
                jar.forEach((name, checksum) -> {
                    if (!checksum.equals(checksums.get(name))) {
                        hidden.add(name + " of " + path);
                    }
                });
            }
        }

        assertThat(checksums).hasSizeGreaterThan(5000);
        assertThat(hidden).isEmpty();
    }

    /** Without META-INF: what is there is joined, moved or left out. */
    private static Map<String, Long> checksums(Path zip) throws IOException {
        try (var entries = new ZipFile(zip.toFile())) {
            return entries.stream()
                    .filter(entry -> !entry.getName().matches("META-INF/.*|module-info.class"))
                    .collect(Collectors.toMap(ZipEntry::getName, ZipEntry::getCrc, (one, other) -> one));
        }
    }

    /** Neither works in one jar of many: its manifest would have to say so. */
    @Test
    void holdsNeitherClassesForNewerJavaNorSignatures() throws IOException {
        assertThat(names(dependencies()))
                .noneMatch(name -> name.matches("META-INF/versions/.*[^/]|META-INF/[^/]*\\.(SF|RSA|DSA|EC)"));
    }

    private static List<String> names(Path zip) throws IOException {
        try (var entries = new ZipFile(zip.toFile())) {
            return entries.stream().map(ZipEntry::getName).toList();
        }
    }

    private Path dependencies() throws IOException {
        var jar = folder.resolve("dependencies.jar");
        try (var zip = new ZipFile(ZIP.toFile());
                var octets = zip.getInputStream(zip.getEntry("lib/dependencies.jar"))) {
            Files.copy(octets, jar, StandardCopyOption.REPLACE_EXISTING);
        }
        return jar;
    }

    @Test
    void startsFromWhatIsInItAloneAndNamesTheSettingsThatAreMissing() throws Exception {
        try (var classes = new URLClassLoader(unpacked(), ClassLoader.getPlatformClassLoader())) {
            var handler = Class.forName("io.taskbound.lambda.IssuerLambda", true, classes);
            var made = catchThrowable(() -> handler.getConstructor().newInstance());

            assertThat(made).isInstanceOf(InvocationTargetException.class);
            assertThat(made.getCause().getClass().getName()).isEqualTo("io.taskbound.lambda.Settings$Unusable");
            assertThat(made.getCause()).hasMessageContaining("TASKBOUND_ISSUER_URL");
        }
    }

    /** What was prepared is still what the JVM takes for a class, and nothing is missing. */
    @Test
    void holdsEveryClassOfTheLibrariesAndEachIsVerified() throws Exception {
        var names =
                names(LIBRARIES).stream().filter(name -> !name.endsWith("/")).toList();
        assertThat(names(dependencies())).containsAll(names);
        try (var prepared = new URLClassLoader(unpacked(), ClassLoader.getPlatformClassLoader());
                var original = new URLClassLoader(
                        new URL[] {LIBRARIES.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            var classes = names.stream()
                    .filter(name -> name.endsWith(".class"))
                    .map(name -> name.replace(".class", "").replace('/', '.'))
                    .toList();

            assertThat(broken(classes, prepared)).isEqualTo(broken(classes, original));
        }
    }

    /** Classes that cannot be linked, as where an optional library is absent, and why. */
    private static Map<String, String> broken(List<String> classes, ClassLoader loader) throws ClassNotFoundException {
        var broken = new TreeMap<String, String>();
        for (var name : classes) {
            try {
                // To list its methods, the JVM links and so verifies it.
                Class.forName(name, false, loader).getDeclaredMethods();
            } catch (LinkageError cannot) {
                broken.put(name, cannot.toString());
            }
        }
        return broken;
    }

    /** The classes that the function makes its first requests with. */
    @Test
    void holdsTheClientsOfDynamoDbKmsAndSts() throws Exception {
        try (var classes = new URLClassLoader(unpacked(), ClassLoader.getPlatformClassLoader())) {
            for (var name : List.of(
                    "software.amazon.awssdk.services.dynamodb.DynamoDbClient",
                    "software.amazon.awssdk.services.kms.KmsClient",
                    "software.amazon.awssdk.services.sts.StsClient",
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
