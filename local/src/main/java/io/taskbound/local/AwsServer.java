// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * An AWS-compatible server (moto, from PyPI) on a free loopback port: DynamoDB, KMS, STS, IAM, CloudFormation and more
 * at one endpoint. Its data is lost when it ends; it ends with this object, and with this process. Tests only.
 */
public final class AwsServer implements AutoCloseable {
    private final AwsServers servers;
    private final URI endpoint;

    /** It cannot be had on this machine; the message says why, for a report that reads "NOT RUN". */
    public static final class Unavailable extends Exception {
        private static final long serialVersionUID = 1L;

        Unavailable(String why) {
            super(why);
        }
    }

    private AwsServer(AwsServers servers, URI endpoint) {
        this.servers = servers;
        this.endpoint = endpoint;
    }

    /**
     * Installs it below {@code target/} where that was not done yet, and starts it; {@code root} is that of the source
     * tree.
     */
    public static AwsServer start(Path root) throws Unavailable {
        try {
            var servers = AwsServers.of(root);
            return new AwsServer(servers, servers.start());
        } catch (IOException e) {
            throw new UncheckedIOException("the AWS-compatible server does not start", e);
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
            servers.stop(endpoint);
        } catch (IOException e) {
            throw new UncheckedIOException("the AWS-compatible server does not stop", e);
        }
    }
}
