// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.rpc;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonNumber;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.util.Optional;
import java.util.Set;

/**
 * Reads one message. Of two members with one name, one reader takes the first and another the last; such a message is
 * refused, and so is a batch, which the protocol does not have since its version 2025-06-18.
 */
public final class RpcReader {
    private static final int MAX_METHOD = 128;
    private static final int MAX_ID = 256;
    private static final Set<String> MEMBERS = Set.of("jsonrpc", "id", "method", "params", "result", "error");

    private RpcReader() {}

    /** @param utf8 of a length that the caller has limited */
    public static RpcMessage read(byte[] utf8) throws RpcFault {
        try {
            return message(StrictJson.parse(utf8));
        } catch (MalformedJson malformed) {
            throw RpcFault.of(RpcError.NOT_JSON, "The message is not strict JSON: " + malformed.getMessage() + ".");
        }
    }

    private static RpcMessage message(JsonValue value) throws RpcFault {
        if (value instanceof JsonArray) {
            throw RpcFault.of(RpcError.NOT_A_REQUEST, "A batch of messages is not taken; send them one by one.");
        }
        if (!(value instanceof JsonObject object)) {
            throw RpcFault.of(RpcError.NOT_A_REQUEST, "A message is a JSON object.");
        }
        var id = object.get("id");
        var usableId = id.filter(RpcReader::isId);
        if (!object.string("jsonrpc").equals(Optional.of("2.0"))
                || !MEMBERS.containsAll(object.members().keySet())
                || (id.isPresent() && usableId.isEmpty() && object.has("method"))) {
            throw refused(
                    usableId,
                    "A message has \"jsonrpc\": \"2.0\", an id that is a string or a whole number, a method and"
                            + " params, and nothing else.");
        }
        return object.has("method") ? asked(object, usableId) : answered(object, usableId);
    }

    private static RpcMessage asked(JsonObject object, Optional<JsonValue> id) throws RpcFault {
        var method = object.string("method").filter(name -> !name.isEmpty() && name.length() <= MAX_METHOD);
        boolean hasParams = object.has("params");
        var params = object.object("params");
        if (method.isEmpty() || object.has("result") || object.has("error") || (hasParams && params.isEmpty())) {
            throw refused(id, "The method of a request is a name, and its params are an object.");
        }
        var given = params.orElse(JsonObject.EMPTY);
        return id.<RpcMessage>map(it -> new RpcMessage.Call(it, method.get(), given))
                .orElseGet(() -> new RpcMessage.Notice(method.get(), given));
    }

    private static RpcMessage answered(JsonObject object, Optional<JsonValue> id) throws RpcFault {
        var result = object.object("result");
        if (object.has("result") == object.has("error") || object.has("params")) {
            throw refused(id, "A message is a request, a notification or an answer.");
        }
        if (result.isPresent() && id.isPresent()) {
            return new RpcMessage.Result(id.get(), result.get());
        }
        var error = object.object("error");
        var code = error.map(it -> it.wholeNumber("code")).filter(it -> it.isPresent());
        if (code.isEmpty()) {
            throw refused(id, "An answer has a result that is an object, or an error with a code.");
        }
        return new RpcMessage.Failure(
                id,
                new RpcError(
                        (int) code.get().getAsLong(),
                        error.get().string("message").orElse(""),
                        error.get().get("data")));
    }

    private static RpcFault refused(Optional<JsonValue> id, String message) {
        return new RpcFault(RpcError.of(RpcError.NOT_A_REQUEST, message), id);
    }

    private static boolean isId(JsonValue id) {
        return id instanceof JsonString text
                ? text.value().length() <= MAX_ID
                : id instanceof JsonNumber number && number.wholeNumber().isPresent();
    }
}
