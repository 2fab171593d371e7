// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * An AWS-compatible server (moto, from PyPI) on a free loopback port: DynamoDB, KMS, STS, IAM, CloudFormation and more
 * at one endpoint. Its data is lost when it ends; it ends with this object, and with this process. Tests only.
 */
public final class AwsServer implements AutoCloseable {
    private static final String SCRIPT = "serve.py";
    private static final long STOP_SECONDS = 10;

    private final Process process;
    private final URI endpoint;

    /** It cannot be had on this machine; the message says why, for a report that reads "NOT RUN". */
    public static final class Unavailable extends Exception {
        private static final long serialVersionUID = 1L;

        Unavailable(String why) {
            super(why);
        }
    }

    private AwsServer(Process process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /**
     * Installs it below {@code target/} where that was not done yet, and starts it; {@code root} is that of the source
     * tree.
     */
    public static AwsServer start(Path root) throws Unavailable {
        var tools = AwsTools.installed(root);
        try {
            var process = tools.python(SCRIPT, List.of());
            var ready = process.inputReader(StandardCharsets.UTF_8).readLine();
            if (ready == null) {
                throw new IllegalStateException("the AWS-compatible server ended at once: " + tools.complaints(SCRIPT));
            }
            return new AwsServer(process, URI.create(ready));
        } catch (IOException e) {
            throw new IllegalStateException("the AWS-compatible server does not start", e);
        }
    }

    public URI endpoint() {
        return endpoint;
    }

    /** They open nothing. */
    public StaticCredentialsProvider credentials() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
    }

    @Override
    public void close() {
        try {
            // It reads its standard input to the end.
            process.getOutputStream().close();
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException gone) {
            process.destroyForcibly();
        } catch (InterruptedException stop) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
