// SPDX-License-Identifier: Apache-2.0
package io.taskbound.stack;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands between our code and DynamoDB, KMS and STS, hands everything on or answers it, and keeps what IAM would have
 * seen. Loopback only.
 */
public final class RecordedAws implements AutoCloseable {
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("host", "content-length", "connection", "expect", "upgrade", "transfer-encoding", "http2-settings");
    private static final String TABLE = "arn:aws:dynamodb:" + Deployment.REGION + ":" + Deployment.ACCOUNT + ":table/";

    private final URI dynamo;
    private final KeysOfKms kms;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<AwsCall> calls = Collections.synchronizedList(new ArrayList<>());

    public RecordedAws(URI dynamo, KeysOfKms kms) throws IOException {
        this.dynamo = dynamo;
        this.kms = kms;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::pass);
        server.setExecutor(threads);
        server.start();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What was asked since the last time. */
    public List<AwsCall> calls() {
        synchronized (calls) {
            var all = List.copyOf(calls);
            calls.clear();
            return all;
        }
    }

    public static String tableArn(String name) {
        return TABLE + name;
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            var target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            var body = exchange.getRequestBody().readAllBytes();
            if (target == null) {
                // Of the services that we use, STS alone does not name the operation in a header.
                calls.addAll(SessionsOfSts.calls(body));
                SessionsOfSts.answer(exchange);
                return;
            }
            var operation = target.substring(target.indexOf('.') + 1);
            var request = StrictJson.parseObject(body);
            if (target.startsWith("DynamoDB_")) {
                calls.addAll(ofDynamo(operation, request));
                handOn(exchange, body);
            } else {
                calls.addAll(ofKms(operation, request));
                kms.answer(exchange, operation, request);
            }
        } catch (MalformedJson notOurs) {
            throw new IOException(notOurs);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void handOn(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(dynamo).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        answer.headers().map().forEach((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name)) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
        exchange.getResponseBody().write(answer.body());
    }

    private static List<AwsCall> ofDynamo(String operation, JsonObject request) {
        if (!operation.equals("TransactWriteItems")) {
            return List.of(ofOneTable(operation, request));
        }
        // IAM asks for the right to each write of a transaction, and for none to the transaction.
        return array(request, "TransactItems").stream()
                .flatMap(write -> ((JsonObject) write).members().entrySet().stream())
                .map(write -> ofOneTable(write.getKey() + "Item", (JsonObject) write.getValue()))
                .toList();
    }

    private static AwsCall ofOneTable(String operation, JsonObject request) {
        var keys = new ArrayList<String>();
        var table = request.string("TableName");
        request.object("Item").ifPresent(item -> keys.add(pk(item)));
        request.object("Key").ifPresent(key -> keys.add(pk(key)));
        if (request.object("RequestItems").isPresent()) {
            var items = request.object("RequestItems").orElseThrow();
            table = items.members().keySet().stream().findFirst();
            for (var key : array(items.object(table.orElseThrow()).orElseThrow(), "Keys")) {
                keys.add(pk((JsonObject) key));
            }
        }
        // Of a query of an index, IAM's leading key is the index's own.
        request.string("KeyConditionExpression")
                .ifPresent(expression -> keys.add(request.object("ExpressionAttributeValues")
                        .flatMap(values -> values.object(expression.replaceAll(".*\\b(?:[pl]k|q) = (:\\w+).*", "$1")))
                        .flatMap(value -> value.string("S"))
                        .orElseThrow()));
        var context = new LinkedHashMap<String, List<String>>();
        if (!keys.isEmpty()) {
            context.put("dynamodb:LeadingKeys", keys);
        }
        var resource = TABLE
                + table.orElseThrow()
                + request.string("IndexName").map(name -> "/index/" + name).orElse("");
        return new AwsCall("dynamodb:" + operation, resource, context);
    }

    private static String pk(JsonObject attributes) {
        return attributes.object("pk").flatMap(pk -> pk.string("S")).orElseThrow();
    }

    private List<AwsCall> ofKms(String operation, JsonObject request) {
        var context = new LinkedHashMap<String, List<String>>();
        request.string("SigningAlgorithm").ifPresent(name -> context.put("kms:SigningAlgorithm", List.of(name)));
        request.wholeNumber("PendingWindowInDays")
                .ifPresent(days ->
                        context.put("kms:ScheduleKeyDeletionPendingWindowInDays", List.of(String.valueOf(days))));
        request.object("EncryptionContext")
                .ifPresent(pairs -> pairs.members()
                        .forEach((name, value) ->
                                context.put("kms:EncryptionContext:" + name, List.of(((JsonString) value).value()))));
        if (!operation.equals("CreateKey")) {
            var arn = request.string("KeyId").orElseThrow();
            context.put("aws:CurrentTime", List.of(Clock.systemUTC().instant().toString()));
            kms.tags(arn).forEach((name, value) -> context.put("aws:ResourceTag/" + name, List.of(value)));
            return List.of(new AwsCall("kms:" + operation, arn, context));
        }
        var tags = new LinkedHashMap<String, List<String>>();
        KeysOfKms.tags(request).forEach((name, value) -> tags.put("aws:RequestTag/" + name, List.of(value)));
        tags.put("aws:TagKeys", List.copyOf(KeysOfKms.tags(request).keySet()));
        var tagging = new AwsCall("kms:TagResource", KeysOfKms.ARN + "to-be-made", tags);
        request.bool("BypassPolicyLockoutSafetyCheck")
                .ifPresent(
                        bypass -> context.put("kms:BypassPolicyLockoutSafetyCheck", List.of(String.valueOf(bypass))));
        context.put("kms:KeySpec", List.of(request.string("KeySpec").orElseThrow()));
        context.put("kms:KeyUsage", List.of(request.string("KeyUsage").orElseThrow()));
        context.putAll(tags);
        // KMS asks for the right to tag when a key is made with tags.
        return List.of(new AwsCall("kms:CreateKey", "*", context), tagging);
    }

    static List<JsonValue> array(JsonObject object, String name) {
        return object.array(name).map(JsonArray::items).orElse(List.of());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
