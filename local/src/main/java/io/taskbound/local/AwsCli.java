// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The AWS command line interface, from PyPI, against an {@link AwsServer}. Tests only. */
public final class AwsCli {
    private final AwsTools tools;
    private final AwsServer server;

    private AwsCli(AwsTools tools, AwsServer server) {
        this.tools = tools;
        this.server = server;
    }

    /** @param root of the source tree */
    public static AwsCli on(AwsServer server, Path root) throws AwsServer.Unavailable {
        return new AwsCli(AwsTools.installed(root), server);
    }

    /** Where the program is, for a test that runs it otherwise; {@code root} is that of the source tree. */
    public static Path program(Path root) throws AwsServer.Unavailable {
        return Path.of(AwsTools.installed(root)
                        .command("aws", List.of())
                        .command()
                        .get(0))
                .toAbsolutePath();
    }

    /**
     * @param environment everything that it gets in addition to the server's endpoint: none of this process's
     *     credentials or profiles
     * @return what it printed
     * @throws IOException with what it complained about, when it fails
     */
    public String run(Map<String, String> environment, List<String> arguments)
            throws IOException, InterruptedException {
        var builder = tools.command("aws", arguments).redirectErrorStream(true);
        var path = builder.environment().get("PATH");
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH", path,
                        "AWS_ENDPOINT_URL", server.endpoint().toString(),
                        "AWS_CONFIG_FILE", "/dev/null",
                        "AWS_SHARED_CREDENTIALS_FILE", "/dev/null",
                        "AWS_EC2_METADATA_DISABLED", "true",
                        "AWS_DEFAULT_REGION", "us-east-1"));
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(said);
        }
        return said;
    }
}
