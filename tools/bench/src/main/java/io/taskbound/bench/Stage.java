// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import io.taskbound.http.HttpRequest;
import io.taskbound.http.IssuerEdge;
import io.taskbound.ledger.DynamoLedger;
import io.taskbound.ledger.DynamoTable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/** Rehearses verbs against a table: makes each request once and keeps what it asked of DynamoDB. */
final class Stage {
    static final Duration RETENTION = DynamoLedger.DEFAULT_RETENTION;
    private final Scene scene;
    private final Witness witness;
    private final DynamoLedger ledger;
    private final IssuerEdge edge;

    Stage(Scene scene, DynamoDbClient client, String table) {
        this.scene = scene;
        this.witness = new Witness(client);
        this.ledger = new DynamoLedger(new DynamoTable(witness, table), RETENTION);
        this.edge = scene.edge(ledger);
    }

    /** @param number which ID token to use; each works once */
    RecordedCalls rehearse(Verb verb, int number) {
        return switch (verb) {
            case MINT -> mint(number);
            case REDEEM -> redeem(number);
            case RENEW -> renew(number);
            case INTROSPECT -> introspect(number);
            case CREDENTIAL -> credential(number);
        };
    }

    private RecordedCalls mint(int number) {
        var request = scene.mintRequest(number, Scene.SIGN);
        Answered.yes(edge.handle(request));
        var calls = Verb.MINT.checked(witness.take());
        var put = (PutItemRequest) calls.get(0);
        return new RecordedCalls(request, calls, List.of(without(put)));
    }

    private RecordedCalls redeem(int number) {
        var token = Answered.token(edge.handle(scene.mintRequest(number, Scene.SIGN)));
        var put = (PutItemRequest) Verb.MINT.checked(witness.take()).get(0);
        return after(Verb.REDEEM, scene.redeemRequest(token), List.of(as(put)));
    }

    /** Its use is taken back, and what was written of the credential. */
    private RecordedCalls credential(int number) {
        var delivering = scene.delivering(ledger);
        var token = Answered.token(delivering.handle(scene.mintRequest(number, Scene.READ)));
        var minted = (PutItemRequest) Verb.MINT.checked(witness.take()).get(0);
        var request = Asks.credential(token);
        Answered.yes(delivering.handle(request));
        var calls = Verb.CREDENTIAL.checked(witness.take());
        return new RecordedCalls(request, calls, List.of(as(minted), without((PutItemRequest) calls.get(2))));
    }

    /** Whatever stands there by now. */
    private static DynamoDbRequest as(PutItemRequest put) {
        return PutItemRequest.builder()
                .tableName(put.tableName())
                .item(put.item())
                .build();
    }

    private static DynamoDbRequest without(PutItemRequest put) {
        var key = Map.of("pk", put.item().get("pk"), "sk", put.item().get("sk"));
        return DeleteItemRequest.builder().tableName(put.tableName()).key(key).build();
    }

    /** A heartbeat moves the deadline that it finds: the next one changes the same once more. */
    private RecordedCalls renew(int number) {
        var token = Answered.token(edge.handle(scene.mintRequest(number, Scene.SIGN)));
        Verb.MINT.checked(witness.take());
        return after(Verb.RENEW, Asks.renew(token), List.of());
    }

    private RecordedCalls introspect(int number) {
        var token = Answered.token(edge.handle(scene.mintRequest(number, Scene.DEPLOY)));
        Verb.MINT.checked(witness.take());
        return after(Verb.INTROSPECT, scene.introspectRequest(token), List.of());
    }

    private RecordedCalls after(Verb verb, HttpRequest request, List<DynamoDbRequest> undo) {
        Answered.yes(edge.handle(request));
        return new RecordedCalls(request, verb.checked(witness.take()), undo);
    }
}
