// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import io.taskbound.http.HttpResponse;
import io.taskbound.http.IssuerEdge;
import io.taskbound.ledger.DynamoClients;
import io.taskbound.ledger.DynamoLedger;
import io.taskbound.ledger.DynamoTable;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A whole request to the issuer, from form to JSON, beside the DynamoDB requests in it, made with the same client. */
@State(Scope.Benchmark)
public class OverDynamo {
    private static final int REQUESTS = 64;
    /**
     * Counted, because on a busy machine a time would end before the JIT has compiled what is measured. After 2,000,
     * the issuer's side is less compiled than the requests alone: the ratio of a mint was 1.48, and after these 1.20.
     */
    private static final int WARM_UP = 8_000;

    /** Where DynamoDB Local listens, in a process of its own. */
    @Param("")
    public String endpoint = "";

    @Param
    public Verb verb = Verb.MINT;

    private final List<RecordedCalls> rehearsals = new ArrayList<>();
    private Scene scene;
    private DynamoDbClient client;
    private IssuerEdge edge;
    private int turn;

    @Setup
    public void start(Blackhole hole) {
        scene = new Scene();
        client = DynamoClients.at(
                URI.create(endpoint), StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")));
        var ledger = new DynamoLedger(new DynamoTable(client, DynamoProcess.TABLE), Stage.RETENTION);
        edge = verb == Verb.CREDENTIAL ? scene.delivering(ledger) : scene.edge(ledger);
        var stage = new Stage(scene, client, DynamoProcess.TABLE);
        for (int i = 0; i < REQUESTS; i++) {
            rehearsals.add(stage.rehearse(verb, i));
            undo(rehearsals.get(i));
        }
        for (int i = 0; i < WARM_UP; i++) {
            hole.consume(whole());
            next();
            bare(hole);
            next();
        }
    }

    @Benchmark
    public void bare(Blackhole hole) {
        for (var call : present().calls()) {
            hole.consume(Calls.make(client, call));
        }
    }

    @Benchmark
    public HttpResponse whole() {
        return Answered.yes(edge.handle(present().request()));
    }

    /** Outside the measurement: takes the table back to before, and goes on to the next request. */
    @TearDown(Level.Invocation)
    public void next() {
        undo(present());
        turn++;
    }

    private RecordedCalls present() {
        return rehearsals.get(turn % REQUESTS);
    }

    private void undo(RecordedCalls done) {
        done.undo().forEach(call -> Calls.make(client, call));
    }

    @TearDown
    public void stop() {
        client.close();
        scene.close();
    }
}
