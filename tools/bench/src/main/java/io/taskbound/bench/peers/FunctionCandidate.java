// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskbound.bench.Asks;
import io.taskbound.bench.Scene;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The issuer's function of the deployed zip. Lambda hands it one event at a time. */
final class FunctionCandidate implements Candidate {
    private static final String ISSUER = "io.taskbound.lambda.IssuerLambda";
    private static final String ROTATION = "io.taskbound.lambda.KeyRotationLambda";
    private static final String GRANTED = "{\"statusCode\":200";
    private final Row row;
    private final Site site;
    private final FunctionStart kind;
    private final Signer signer;
    private final List<String> options;
    private final String dynamo;

    /** @param options of its JVM, beside those of the managed runtime */
    FunctionCandidate(Row row, Site site, FunctionStart kind, Signer signer, List<String> options) {
        this(row, site, kind, signer, options, site.dynamoEndpoint());
    }

    private FunctionCandidate(
            Row row, Site site, FunctionStart kind, Signer signer, List<String> options, String dynamo) {
        this.row = row;
        this.site = site;
        this.kind = kind;
        this.signer = signer;
        this.options = List.copyOf(options);
        this.dynamo = dynamo;
    }

    /** The same with another way to the same DynamoDB. */
    FunctionCandidate by(String endpoint) {
        return new FunctionCandidate(row, site, kind, signer, options, endpoint);
    }

    @Override
    public Row row() {
        return row;
    }

    @Override
    public Server start() throws IOException {
        var table = site.newTable();
        if (signer == Signer.SEALED) {
            makeKey(table);
        }
        var settings = FunctionProcess.settings(site, dynamo, table, signer);
        var function = FunctionProcess.start(site, ISSUER, kind, options, settings);
        try {
            return new Running(table, function, function.ready(kind));
        } catch (IOException | RuntimeException e) {
            function.close();
            throw e;
        }
    }

    /** As the schedule does it: sealed keys are made by the other function of the zip. */
    private void makeKey(String table) throws IOException {
        var settings = FunctionProcess.settings(site, site.dynamoEndpoint(), table, signer);
        try (var function = FunctionProcess.start(
                site, ROTATION, FunctionStart.ON_DEMAND, List.of("-XX:TieredStopAtLevel=1"), settings)) {
            function.ready(FunctionStart.ON_DEMAND);
            var answer = function.lambda().invoke("{}".getBytes(UTF_8)).body();
            if (!answer.contains("\"result\":\"rotated\"")) {
                throw function.process().broken("made no signing key but answered " + answer);
            }
        }
    }

    private final class Running implements Server {
        private final String table;
        private final FunctionProcess function;
        private final Started started;

        Running(String table, FunctionProcess function, Started started) {
            this.table = table;
            this.function = function;
            this.started = started;
        }

        @Override
        public Started started() {
            return started;
        }

        @Override
        public OwnProcess process() {
            return function.process();
        }

        @Override
        public int callers() {
            return 1;
        }

        @Override
        public List<byte[]> requests(int count) {
            return site.idTokens().make(count).stream()
                    .map(idToken -> event(idToken).getBytes(UTF_8))
                    .toList();
        }

        @Override
        public Exchange open() {
            return new Exchange() {
                @Override
                public long ask(byte[] request) throws IOException {
                    var answer = function.lambda().invoke(request);
                    if (!answer.body().startsWith(GRANTED)) {
                        throw function.process().broken("did not grant but answered " + answer.body());
                    }
                    return answer.took().toNanos();
                }

                @Override
                public void close() {
                    // nothing is kept
                }
            };
        }

        @Override
        public void close() {
            function.close();
            site.dropTable(table);
        }
    }

    /** Payload format 2.0, as API Gateway sends a form. */
    private static String event(String idToken) {
        var body = Asks.mint(idToken, Scene.SIGN).body();
        var http =
                JsonObject.builder().put("method", "POST").put("path", "/token").build();
        var context = JsonObject.builder()
                .put("http", http)
                .put("requestId", "JKJaXmPLvHcESHA=")
                .put("stage", "$default")
                .put("timeEpoch", 1_700_000_000_000L)
                .build();
        var headers = JsonObject.builder();
        HEADERS.forEach(headers::put);
        return JsonText.of(JsonObject.builder()
                .put("version", "2.0")
                .put("rawPath", "/token")
                .put("rawQueryString", "")
                .put("headers", headers.build())
                .put("requestContext", context)
                .put("body", Base64.getEncoder().encodeToString(body))
                .put("isBase64Encoded", true)
                .build());
    }

    private static final Map<String, String> HEADERS =
            Map.of("Content-Type", "application/x-www-form-urlencoded", "host", "tokens.acme.example");
}
