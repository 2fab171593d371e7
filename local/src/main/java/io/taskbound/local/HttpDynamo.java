// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.Callback;
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
    /**
     * DynamoDB Local knows its actions from a static map, which each new handler empties and fills again. A request
     * that looks into it meanwhile is answered with InvalidAction, whichever server of this process it is for.
     */
    private static final ReadWriteLock ACTIONS = new ReentrantReadWriteLock(true);

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
        var database = database();
        var server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        server.setHandler(new ContextHandler(handler(database), "/"));
        try {
            server.start();
        } catch (Exception e) {
            database.shutdown();
            throw new IllegalStateException("DynamoDB Local does not start", e);
        }
        return new HttpDynamo(server, database);
    }

    static LocalDynamoDBRequestHandler database() {
        return new LocalDynamoDBRequestHandler(ANY_AUTHORITY, IN_MEMORY, null, ONE_DATABASE_FOR_ALL_KEYS, NO_DELAYS);
    }

    /** The requests of a server for this database. */
    static Handler handler(LocalDynamoDBRequestHandler database) {
        ACTIONS.writeLock().lock();
        try {
            return new WhileTheActionsStay(new LocalDynamoDBServerHandler(database, null));
        } finally {
            ACTIONS.writeLock().unlock();
        }
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

    private static final class WhileTheActionsStay extends Handler.Wrapper {
        WhileTheActionsStay(Handler handler) {
            super(handler);
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            ACTIONS.readLock().lock();
            try {
                return super.handle(request, response, callback);
            } finally {
                ACTIONS.readLock().unlock();
            }
        }
    }
}
