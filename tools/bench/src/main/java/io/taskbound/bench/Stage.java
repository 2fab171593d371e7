// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import io.taskbound.http.HttpRequest;
import io.taskbound.http.IssuerEdge;
import io.taskbound.ledger.DynamoLedger;
import io.taskbound.ledger.DynamoTable;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/** Rehearses verbs against a table: makes each request once and keeps what it asked of DynamoDB. */
final class Stage {
    static final Duration RETENTION = DynamoLedger.DEFAULT_RETENTION;
    private final Scene scene;
    private final Witness witness;
    private final IssuerEdge edge;

    Stage(Scene scene, DynamoDbClient client, String table) {
        this.scene = scene;
        this.witness = new Witness(client);
        this.edge = scene.edge(new DynamoLedger(new DynamoTable(witness, table), RETENTION));
    }

    /** @param number which ID token to use; each works once */
    RecordedCalls rehearse(Verb verb, int number) {
        return switch (verb) {
            case MINT -> mint(number);
            case REDEEM -> redeem(number);
            case RENEW -> renew(number);
            case INTROSPECT -> introspect(number);
        };
    }

    private RecordedCalls mint(int number) {
        var request = scene.mintRequest(number, Scene.SIGN);
        Answered.yes(edge.handle(request));
        var calls = Verb.MINT.checked(witness.take());
        var put = (PutItemRequest) calls.get(0);
        var key = Map.of("pk", put.item().get("pk"), "sk", put.item().get("sk"));
        var delete =
                DeleteItemRequest.builder().tableName(put.tableName()).key(key).build();
        return new RecordedCalls(request, calls, Optional.of(delete));
    }

    private RecordedCalls redeem(int number) {
        var token = Answered.token(edge.handle(scene.mintRequest(number, Scene.SIGN)));
        var put = (PutItemRequest) Verb.MINT.checked(witness.take()).get(0);
        var unused = PutItemRequest.builder()
                .tableName(put.tableName())
                .item(put.item())
                .build();
        return after(Verb.REDEEM, scene.redeemRequest(token), Optional.of(unused));
    }

    /** A heartbeat moves the deadline that it finds: the next one changes the same once more. */
    private RecordedCalls renew(int number) {
        var token = Answered.token(edge.handle(scene.mintRequest(number, Scene.SIGN)));
        Verb.MINT.checked(witness.take());
        return after(Verb.RENEW, Asks.renew(token), Optional.empty());
    }

    private RecordedCalls introspect(int number) {
        var token = Answered.token(edge.handle(scene.mintRequest(number, Scene.DEPLOY)));
        Verb.MINT.checked(witness.take());
        return after(Verb.INTROSPECT, scene.introspectRequest(token), Optional.empty());
    }

    private RecordedCalls after(Verb verb, HttpRequest request, Optional<DynamoDbRequest> undo) {
        Answered.yes(edge.handle(request));
        return new RecordedCalls(request, verb.checked(witness.take()), undo);
    }
}
