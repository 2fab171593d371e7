// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.local.AwsServer;
import io.taskbound.local.AwsStack;
import io.taskbound.stack.StackTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What infra/package makes of the zip that is deployed.
 *
 * @param unpacked the zip, as Lambda has it on disk
 * @param made the packaged template, and the zip under its new name
 */
record StackPackage(Path folder, Path unpacked, Path made) {
    /** @param folder an empty one, for everything that is made */
    static StackPackage in(Path folder) throws IOException, InterruptedException {
        var zip = Path.of(System.getProperty("taskbound.lambda.zip"));
        var unpacked = FunctionProcess.unpack(zip, Files.createDirectory(folder.resolve("task")));
        var made = folder.resolve("stack");
        var log = folder.resolve("package.log");
        var script = new ProcessBuilder(
                        "bash",
                        StackTemplate.ROOT.resolve("infra").resolve("package").toString(),
                        "--zip",
                        zip.toString(),
                        "--out",
                        made.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(script.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(script.exitValue()).as(Files.readString(log)).isZero();
        return new StackPackage(folder, unpacked, made);
    }

    Path template() {
        return made.resolve("template.yaml");
    }

    /** @param parameters besides those of a trial */
    DeployedStack deploy(AwsServer aws, String name, Map<String, String> parameters) throws Exception {
        var all = new HashMap<>(Map.of("IssuerUrl", "auto", "Protect", "false"));
        all.putAll(parameters);
        try (var files = Files.newDirectoryStream(made, "*.zip")) {
            var stack = AwsStack.deploy(
                    aws, name, StackTemplate.ROOT, template(), files.iterator().next(), all);
            return new DeployedStack(aws, stack, this);
        }
    }
}
