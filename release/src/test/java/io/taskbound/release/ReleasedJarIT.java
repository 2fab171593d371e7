// SPDX-License-Identifier: Apache-2.0
package io.taskbound.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line as it is handed out: whole, without what may not be handed out, and plain about it. */
class ReleasedJarIT {
    private static final String POLICY = "infra/policy/example.yaml";

    private static List<String> entries() throws IOException {
        try (var jar = new JarFile(Jar.FILE.toFile())) {
            return jar.stream().map(entry -> entry.getName()).toList();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com/amazonaws/services/dynamodbv2/local/",
                "io/taskbound/local/",
                "com/almworks/",
                "kotlin/",
                "org/eclipse/jetty/",
                "software/amazon/awssdk/services/pinpoint/"
            })
    void holdsNothingOfDynamoDbLocalNorOfTheStandIn(String folder) throws IOException {
        assertThat(entries()).noneMatch(name -> name.startsWith(folder));
    }

    @Test
    void holdsNoSignatureOfAJarThatItWasPutTogetherFrom() throws IOException {
        assertThat(entries()).noneMatch(name -> name.matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)"));
    }

    @Test
    void holdsTheLicencesOfWhatItIsMadeOf() throws IOException {
        assertThat(entries()).contains("META-INF/LICENSE.txt", "META-INF/NOTICE.txt");
    }

    @Test
    void itsBillOfMaterialsNamesWhatIsInItAlone() throws IOException {
        var bill = Jar.FILE.resolveSibling("bom.json");
        assumeTrue(Files.exists(bill), "NOT RUN: -Prelease makes the bill of materials");
        assertThat(Files.readString(bill))
                .contains("\"taskbound-cli\"", "\"nimbus-jose-jwt\"")
                .doesNotContain("DynamoDBLocal", "taskbound-local", "sqlite4java", "jetty-server", "junit");
    }

    @Test
    void knowsItsVersion() throws Exception {
        var ran = Jar.run("--version");
        assertThat(ran.output()).startsWith("taskbound " + System.getProperty("taskbound.version") + ", Java ");
        assertThat(ran.code()).isZero();
    }

    @Test
    void checksAPolicy() throws Exception {
        assertThat(Jar.run("policy", "check", POLICY).code()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "serve --dev",
                "dev dynamodb",
                "serve --port 0 --policy " + POLICY,
                "dev id-token --profile github --claims claims.json",
                "dev token --as github:acme/shop@main --task deploy --identifier environment:acme/shop/staging"
            })
    void saysWhatItLacksInsteadOfFailing(String command) throws Exception {
        var ran = Jar.run(command.split(" "));
        assertThat(ran.output())
                .contains("which the jar of a release does not contain", "./taskbound builds it")
                .doesNotContain("Exception", "NoClassDefFound", "\tat ");
        assertThat(ran.code()).isEqualTo(1);
    }
}
