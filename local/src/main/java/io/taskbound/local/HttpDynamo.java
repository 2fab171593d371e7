// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * DynamoDB Local in memory behind real HTTP on a loopback port, for the AWS SDK's real client: signatures, connections,
 * retries and time-outs are those of production. Its server class listens on all addresses, so this class binds the
 * port itself. Telemetry is not started.
 */
public final class HttpDynamo implements AutoCloseable {
    private static final int ANY_PORT = 0;
    private static final int ANY_AUTHORITY = 0;
    private static final boolean IN_MEMORY = true;
    private static final boolean ONE_DATABASE_FOR_ALL_KEYS = true;
    private static final boolean NO_DELAYS = false;

    private final Server server;
    private final LocalDynamoDBRequestHandler database;

    private HttpDynamo(Server server, LocalDynamoDBRequestHandler database) {
        this.server = server;
        this.database = database;
    }

    public static HttpDynamo start() {
        return start(ANY_PORT);
    }

    /** On this port. */
    public static HttpDynamo start(int port) {
        LocalLogging.quieten();
        var database =
                new LocalDynamoDBRequestHandler(ANY_AUTHORITY, IN_MEMORY, null, ONE_DATABASE_FOR_ALL_KEYS, NO_DELAYS);
        var handler = new LocalDynamoDBServerHandler(database, null);
        var server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        server.setHandler(new ContextHandler(handler, "/"));
        try {
            server.start();
        } catch (Exception e) {
            database.shutdown();
            throw new IllegalStateException("DynamoDB Local does not start", e);
        }
        return new HttpDynamo(server, database);
    }

    public URI endpoint() {
        int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
        return URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + port);
    }

    /** Credentials in the only form that it takes: letters and digits. They open nothing. */
    public StaticCredentialsProvider credentials() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
    }

    /** A client with the SDK's own patience, for whoever makes tables here; the caller's to close. */
    public DynamoDbClient client() {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials())
                .build();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("DynamoDB Local does not stop", e);
        } finally {
            database.shutdown();
        }
    }
}
