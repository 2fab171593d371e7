// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import io.taskbound.identity.FetchPolicy;
import io.taskbound.identity.HttpKeyFetcher;
import io.taskbound.issuer.CurrentPolicy;
import io.taskbound.issuer.Delivering;
import io.taskbound.issuer.HookSecrets;
import io.taskbound.issuer.SealedHookSecrets;
import io.taskbound.ledger.DynamoConnection;
import io.taskbound.ledger.DynamoLedger;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.TableState;
import io.taskbound.metrics.Meters;
import io.taskbound.outbound.OutboundHttp;
import io.taskbound.token.SealedSecrets;
import io.taskbound.token.SigningKeys;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the function is wired from. Nothing of it is open: a snapshot of it holds no key, no secret, no policy and no
 * connection.
 *
 * @param timeToLive asks the service about the table's TTL
 * @param hookSecrets opens what proves who calls a hook; holds nothing before it is used
 * @param delivering what hands out credentials of foreign services, with the issuer's keys
 * @param logins reaches for the identity providers at which people log in; holds nothing
 * @param disconnect closes the connections that the components have opened
 * @param executor where signatures are made and checked, and components opened, while something else is waited for
 * @param audit gets one JSON line per decision
 * @param meters watches each request
 * @param rehearsal before a snapshot
 * @param reach reaches for the table before a snapshot, so that the way there is known; may throw what it likes
 */
record LambdaWiring(
        String issuerUrl,
        Component<Ledger> ledger,
        Supplier<TableState> timeToLive,
        Component<CurrentPolicy> policy,
        Component<SigningKeys> signer,
        Supplier<HookSecrets> hookSecrets,
        Function<SigningKeys, Delivering> delivering,
        OutboundHttp logins,
        Runnable disconnect,
        Executor executor,
        Consumer<String> audit,
        Consumer<String> operatorLog,
        Meters meters,
        RehearsalPlan rehearsal,
        Runnable reach,
        Clock clock) {
    /** Lambda hands it to the function's log group, as it does the audit log. */
    private static final Consumer<String> OPERATOR_LOG = line -> System.err.println(line);

    /** Without hooks, and without credentials of foreign services. */
    LambdaWiring(
            String issuerUrl,
            Component<Ledger> ledger,
            Supplier<TableState> timeToLive,
            Component<CurrentPolicy> policy,
            Component<SigningKeys> signer,
            Runnable disconnect,
            Executor executor,
            Consumer<String> audit,
            Consumer<String> operatorLog,
            Meters meters,
            RehearsalPlan rehearsal,
            Runnable reach,
            Clock clock) {
        this(
                issuerUrl,
                ledger,
                timeToLive,
                policy,
                signer,
                () -> HookSecrets.NONE,
                keys -> new LazyDelivering(DeliveryWiring::none),
                new OutboundHttp(FetchPolicy.PUBLIC),
                disconnect,
                executor,
                audit,
                operatorLog,
                meters,
                rehearsal,
                reach,
                clock);
    }

    /** @throws Settings.Unusable when what the settings name cannot work, and can be told without asking a service */
    static LambdaWiring of(Map<String, String> environment, InitializationType kind, Clock clock) {
        var transport = new AwsHttp(environment);
        var executor = Executors.newCachedThreadPool(LambdaWiring::daemon);
        // Most of a cold start is these three; so they are made while the policy is read. The first takes longest.
        if (kind == InitializationType.ON_DEMAND) {
            executor.execute(transport::prepare);
        }
        var settings = Settings.read(environment);
        var dynamo = DynamoConnection.ofEnvironment(transport.credentials(), transport::client);
        var kms = KmsConnection.ofEnvironment(transport);
        var sts = StsConnection.ofEnvironment(transport);
        if (kind == InitializationType.ON_DEMAND) {
            executor.execute(dynamo::prepare);
            executor.execute(kms::client);
        }
        var meters = meters(settings);
        return new LambdaWiring(
                settings.issuerUrl(),
                new LedgerComponent(() -> dynamo.ledger(settings.table(), DynamoLedger.DEFAULT_RETENTION)),
                () -> dynamo.ledger(settings.table(), DynamoLedger.DEFAULT_RETENTION)
                        .timeToLive(),
                policy(settings, kind, dynamo, kms, meters, clock),
                new SigningKeysComponent(
                        () -> dynamo.keys(settings.table()),
                        kms::client,
                        settings.signer(),
                        settings.signingKey(),
                        settings.tableName(),
                        OPERATOR_LOG,
                        clock),
                () -> hookSecrets(settings, dynamo, kms),
                keys -> new LazyDelivering(() -> DeliveryWiring.of(settings, dynamo, kms, sts, keys, clock)),
                new OutboundHttp(new FetchPolicy(false, settings.privateHosts())),
                () -> {
                    dynamo.drop();
                    kms.drop();
                    sts.drop();
                    transport.drop();
                },
                executor,
                linesTo(System.out),
                OPERATOR_LOG,
                meters,
                InitializationType.saysSnapshot(environment) ? RehearsalPlan.of(settings) : RehearsalPlan.NONE,
                () -> reach(transport, settings.table()),
                clock);
    }

    /** A stack without the key has no hooks: every delivery is refused. */
    private static HookSecrets hookSecrets(Settings settings, DynamoConnection dynamo, KmsConnection kms) {
        return settings.secretsKey()
                .<HookSecrets>map(key -> new SealedHookSecrets(
                        hook -> dynamo.hooks(settings.table()).read(hook),
                        (hook, secret) -> new SealedSecrets(kms.client(), key, settings.tableName())
                                .open(hook.value(), secret.id(), secret.sealed()),
                        OPERATOR_LOG))
                .orElse(HookSecrets.NONE);
    }

    /** The packaged file, else the table's. */
    private static Component<CurrentPolicy> policy(
            Settings settings,
            InitializationType kind,
            DynamoConnection dynamo,
            KmsConnection kms,
            Meters meters,
            Clock clock) {
        var fetcher = meters.watching(new HttpKeyFetcher(new FetchPolicy(false, settings.privateHosts())));
        return settings.policyFile()
                .<Component<CurrentPolicy>>map(
                        file -> FilePolicyComponent.checked(file, settings.terms(), fetcher, kind))
                .orElseGet(() -> new TablePolicyComponent(
                        () -> dynamo.policies(settings.table()),
                        settings.tableName(),
                        settings.terms(),
                        settings.policyKey().map(key -> new KmsSignerComponent(kms::client, key)),
                        fetcher,
                        OPERATOR_LOG,
                        clock));
    }

    /** Where the audit lines go: Lambda hands both to the function's log group. */
    private static Meters meters(Settings settings) {
        return settings.metrics().map(issuer -> meters(issuer, System.out)).orElseGet(Meters::off);
    }

    /**
     * As nobody, who is refused: the SDK keeps the secret of whoever signs in a cache of the whole process, where no
     * snapshot must find the function's own.
     */
    private static void reach(AwsHttp transport, String table) {
        var dynamo = DynamoConnection.ofEnvironment(Optional.of(new NobodysCredentials().next()), transport::client);
        try {
            dynamo.ledger(table, DynamoLedger.DEFAULT_RETENTION).denyList();
        } finally {
            dynamo.drop();
            transport.drop();
        }
    }

    static Meters meters(String issuer, PrintStream out) {
        return Meters.writing(issuer, System::nanoTime, linesTo(out), OPERATOR_LOG);
    }

    /** A rehearsal writes by the same code, so that it is compiled when the function writes. */
    static Consumer<String> linesTo(PrintStream out) {
        return out::println;
    }

    static Thread daemon(Runnable work) {
        var thread = new Thread(work, "taskbound");
        thread.setDaemon(true);
        return thread;
    }
}
