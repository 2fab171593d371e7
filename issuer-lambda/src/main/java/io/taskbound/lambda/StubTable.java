// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The ledger's table of a {@link StubAws}: items by their keys, as DynamoDB writes them in JSON. Of conditions it knows
 * that nothing may be there, and that of an update only whether it is to hold. Safe for use by many threads.
 */
final class StubTable {
    /** Attributes of a token's end, and the placeholders of the update that writes it. */
    private static final Map<String, String> END = Map.of("s", ":state", "ca", ":at", "cb", ":by", "cc", ":cause");

    private static final long LONG_AGO = 1_767_225_600_000L;
    private static final long LONG_HENCE = 4_102_444_800_000L;
    private final String name;
    private final ConcurrentSkipListMap<String, JsonObject> items = new ConcurrentSkipListMap<>();
    private volatile boolean refusing;

    StubTable(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** Whether the conditions of updates shall fail. */
    void refuseUpdates(boolean refuse) {
        this.refusing = refuse;
    }

    /** @param item with its keys, each attribute an object of its type, as DynamoDB takes it */
    void add(JsonObject item) {
        items.put(place(item), item);
    }

    /** Forgets all tokens and closings, of every run. */
    void forgetRuns() {
        items.subMap("R#", "R$").clear();
    }

    /**
     * A key that signs.
     *
     * @param attribute under which it is said where the private half is
     */
    void addSigningKey(String keyId, String attribute, String where) {
        add(JsonObject.builder()
                .put("pk", ofText("KEY"))
                .put("sk", ofText("SIG#" + keyId))
                .put("ki", ofText(keyId))
                .put("kp", ofNumber(LONG_AGO))
                .put("kf", ofNumber(LONG_AGO))
                .put("by", ofText("rehearsal"))
                .put(attribute, ofText(where))
                .build());
    }

    /** The version of the policy that is in force. */
    void addPolicyHead(long version) {
        add(JsonObject.builder()
                .put("pk", ofText("POLICY"))
                .put("sk", ofText("HEAD"))
                .put("v", ofNumber(version))
                .build());
    }

    /** Closes the run of this token, as of far in the future. */
    void closeRunOf(String jti) {
        add(JsonObject.builder()
                .put("pk", ofText("R#" + jti.substring(0, jti.indexOf('.'))))
                .put("sk", ofText("CTL"))
                .put("cl", ofNumber(LONG_HENCE))
                .build());
    }

    private static JsonObject ofText(String text) {
        return JsonObject.builder().put("S", text).build();
    }

    private static JsonObject ofNumber(long number) {
        return JsonObject.builder().put("N", Long.toString(number)).build();
    }

    private static String place(JsonObject key) {
        return text(key, "pk") + '\n' + text(key, "sk");
    }

    private static String text(JsonObject item, String attribute) {
        return item.object(attribute).flatMap(value -> value.string("S")).orElse("");
    }

    StubAws.Answer put(JsonObject request) {
        var item = request.object("Item").orElse(JsonObject.EMPTY);
        var place = place(item);
        var there = request.has("ConditionExpression") ? items.putIfAbsent(place, item) : null;
        return there == null ? StubAws.Answer.of(200, JsonObject.EMPTY) : refused(there);
    }

    /** The item as it is, but for a token's end: nobody looks for another change. */
    StubAws.Answer update(JsonObject request) {
        var there = items.getOrDefault(place(request.object("Key").orElse(JsonObject.EMPTY)), JsonObject.EMPTY);
        return refusing
                ? refused(there)
                : StubAws.Answer.of(
                        200,
                        JsonObject.builder()
                                .put("Attributes", ended(there, request))
                                .build());
    }

    private static JsonObject ended(JsonObject there, JsonObject request) {
        var values = request.object("ExpressionAttributeValues").orElse(JsonObject.EMPTY);
        if (!values.has(":cause")) {
            return there;
        }
        var after = new LinkedHashMap<>(there.members());
        END.forEach((attribute, value) -> values.object(value).ifPresent(written -> after.put(attribute, written)));
        return new JsonObject(after);
    }

    private static StubAws.Answer refused(JsonObject there) {
        return StubAws.Answer.of(
                400,
                JsonObject.builder()
                        .put("__type", "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException")
                        .put("message", "The conditional request failed")
                        .put("Item", there)
                        .build());
    }

    StubAws.Answer get(JsonObject request) {
        var found = new ArrayList<JsonValue>();
        for (var key : keys(request)) {
            var there = items.get(place((JsonObject) key));
            if (there != null) {
                found.add(there);
            }
        }
        return StubAws.Answer.of(
                200,
                JsonObject.builder()
                        .put(
                                "Responses",
                                JsonObject.builder()
                                        .put(name, new JsonArray(found))
                                        .build())
                        .put("UnprocessedKeys", JsonObject.EMPTY)
                        .build());
    }

    private List<JsonValue> keys(JsonObject request) {
        return request.object("RequestItems")
                .flatMap(tables -> tables.object(name))
                .flatMap(wanted -> wanted.array("Keys"))
                .orElse(JsonArray.EMPTY)
                .items();
    }

    StubAws.Answer query(JsonObject request) {
        var values = request.object("ExpressionAttributeValues").orElse(JsonObject.EMPTY);
        var first = text(values, ":pk") + '\n' + text(values, ":sk");
        var found = new ArrayList<JsonValue>(
                items.subMap(first, first + Character.MAX_VALUE).values());
        return StubAws.Answer.of(
                200, JsonObject.builder().put("Items", new JsonArray(found)).build());
    }
}
