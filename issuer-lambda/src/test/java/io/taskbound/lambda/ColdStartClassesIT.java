// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.local.HttpDynamo;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the deployed zip loads from the start of its process to the answer of its first mint. A cold start takes as long
 * as it loads classes, so a class that comes back is a slower start, which no other test would tell.
 */
class ColdStartClassesIT {
    /**
     * Our classes and those of the libraries, when this was written: 2,070. Another version of the SDK may need more.
     */
    private static final int MOST = 2_200;

    private static final Pattern LOADED = Pattern.compile("(?m)^(\\S+) source: (.*)$");

    @TempDir
    private static Path folder;

    private static List<String> all;
    private static List<String> ours;

    @BeforeAll
    static void mintOnce() throws Exception {
        var log = folder.resolve("classes.txt");
        var unpacked = FunctionProcess.unpack(
                Path.of(System.getProperty("taskbound.lambda.zip")), Files.createDirectory(folder.resolve("task")));
        try (var dynamo = HttpDynamo.start();
                var api = new RuntimeApi()) {
            FunctionScene.createTables(dynamo);
            try (var scene = new FunctionScene(folder, dynamo);
                    var function = FunctionProcess.start(
                            FunctionLaunch.managed(unpacked).with("-Xlog:class+load:file=" + log + ":none"),
                            api,
                            scene.settings)) {
                assertThat(api.invoke(scene.mint())).startsWith("{\"statusCode\":200");
                function.end();
            }
        }
        read(Files.readString(log), unpacked.toUri());
    }

    private static void read(String log, URI unpacked) throws IOException {
        var loaded = LOADED.matcher(log).results().toList();
        all = loaded.stream().map(each -> each.group(1)).toList();
        ours = loaded.stream()
                .filter(each -> each.group(2).contains(unpacked.getPath()))
                .map(each -> each.group(1))
                .toList();
    }

    @Test
    void areNotMoreThanTheyWere() {
        assertThat(ours).hasSizeBetween(1_000, MOST);
    }

    /** A lambda that is written at run time costs ten times one that was compiled; io.taskbound.zip replaces them. */
    @Test
    void areNotWrittenAtRunTime() {
        assertThat(all)
                .filteredOn(name -> name.matches("(io\\.taskbound|software\\.amazon|org\\.apache|com\\.nimbusds).*"))
                .noneMatch(name -> name.contains("$$Lambda"))
                .noneMatch(name -> name.contains("$Proxy"));
    }

    /** Records that are compared have methods of their own for it: the JDK would write those at their first use. */
    @Test
    void doNotNeedTheJdkToWriteTheMethodsOfRecords() {
        assertThat(all).doesNotContain("java.lang.runtime.ObjectMethods");
    }

    @Test
    void areNotOfWhatAMintDoesNotUse() {
        assertThat(all)
                .noneMatch(name -> name.startsWith("com.nimbusds.jose.shaded"))
                .noneMatch(name -> name.startsWith("software.amazon.awssdk.services.sts"))
                .noneMatch(name -> name.startsWith("software.amazon.awssdk.imds"))
                .noneMatch(name -> name.contains("ContainerCredentialsProvider"))
                .noneMatch(name -> name.contains("InstanceProfileCredentialsProvider"))
                .noneMatch(name -> name.startsWith("java.net.http."))
                // A client that is verified with all its operations loads the requests of them all.
                .noneMatch(name -> name.endsWith(".RestoreTableFromBackupRequest"))
                .noneMatch(name -> name.endsWith(".CreateCustomKeyStoreRequest"));
    }
}
