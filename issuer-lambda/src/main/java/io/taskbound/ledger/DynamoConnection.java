// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What reaches DynamoDB, over a {@link LazyClient}: the stores of one table. */
public final class DynamoConnection {
    private final LazyClient<DynamoDbClient> client;

    private DynamoConnection(Supplier<DynamoDbClient> maker) {
        this.client = new LazyClient<>(maker);
    }

    /** Region, credentials and endpoint as the SDK finds them; connects to nothing yet. */
    public static DynamoConnection ofEnvironment() {
        return new DynamoConnection(DynamoClients::ofEnvironment);
    }

    /**
     * Region, endpoint and, where none are given, credentials as the SDK finds them; over connections of the caller's,
     * who closes them.
     */
    public static DynamoConnection ofEnvironment(
            Optional<AwsCredentialsProvider> credentials, Supplier<SdkHttpClient> transport) {
        return new DynamoConnection(() -> {
            var client = DynamoDbClient.builder()
                    .overrideConfiguration(DynamoClients.limits().build())
                    .httpClient(transport.get());
            credentials.ifPresent(client::credentialsProvider);
            return client.build();
        });
    }

    /** With the limits of {@link #ofEnvironment}, over a transport of the caller's that leads nowhere. */
    public static DynamoConnection over(SdkHttpClient transport, Supplier<AwsCredentialsProvider> nobody) {
        return new DynamoConnection(() -> DynamoDbClient.builder()
                .overrideConfiguration(DynamoClients.limits().build())
                .httpClient(transport)
                .region(Region.US_EAST_1)
                .credentialsProvider(nobody.get())
                .build());
    }

    /** Over a transport of the caller's that answers at once, with credentials that open nothing. */
    public static DynamoConnection over(SdkHttpClient transport) {
        var nobody = StaticCredentialsProvider.create(AwsBasicCredentials.create("nobody", "nothing"));
        return new DynamoConnection(() -> DynamoDbClient.builder()
                .httpClient(transport)
                .region(Region.US_EAST_1)
                .credentialsProvider(nobody)
                .build());
    }

    /** The ledger over this connection, to be asked for again after {@link #drop}. */
    public DynamoLedger ledger(String table, Duration retention) {
        return new DynamoLedger(new DynamoTable(client.get(), table), retention);
    }

    /** The sweeper over this connection, to be asked for again after {@link #drop}. */
    public Sweeper sweeper(String table) {
        return new Sweeper(new DynamoTable(client.get(), table));
    }

    /** The published policies over this connection, to be asked for again after {@link #drop}. */
    public PolicyStore policies(String table) {
        return new PolicyStore(new DynamoTable(client.get(), table));
    }

    /** The signing keys over this connection, to be asked for again after {@link #drop}. */
    public KeyStore keys(String table) {
        return new KeyStore(new DynamoTable(client.get(), table));
    }

    /** The secrets of hooks over this connection, to be asked for again after {@link #drop}. */
    public HookStore hooks(String table) {
        return new HookStore(new DynamoTable(client.get(), table));
    }

    /** The keys of GitHub Apps over this connection, to be asked for again after {@link #drop}. */
    public AppKeyStore appKeys(String table) {
        return new AppKeyStore(new DynamoTable(client.get(), table));
    }

    /** Makes the client, so that who needs it finds it there. No connection is opened and nothing is asked. */
    public void prepare() {
        client.get();
    }

    /** Closes it; the next one who needs it gets another. */
    public void drop() {
        client.drop();
    }
}
