// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import io.taskbound.http.HttpRequest;
import io.taskbound.http.IssuerEdge;
import io.taskbound.ledger.DynamoLedger;
import io.taskbound.ledger.DynamoTable;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * What the life of one token asks of the cloud, measured on the real issuer over DynamoDB Local: a step of 45 s that
 * holds a token with a lease of 60 s beats twice (every third of the lease), its service redeems once, the step's end
 * closes.
 */
record TokenLife(Map<Step, Asked> steps) {
    TokenLife {
        steps = Map.copyOf(steps);
    }

    /** Heartbeats of a step of 45 s. */
    static final int BEATS = 2;

    /** A request to the issuer. */
    enum Step {
        MINT("mint"),
        RENEW("renew"),
        REDEEM("redeem"),
        INTROSPECT("introspect"),
        CLOSE("close");

        private final String word;

        Step(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** @param auditBytes of the line that the log keeps */
    record Asked(Units units, int auditBytes) {}

    /** What one request of this kind asks. */
    Asked asked(Step step) {
        return Objects.requireNonNull(steps.get(step), "a step was not walked");
    }

    /** How often each step comes in one life. */
    static int timesInALife(Step step) {
        return switch (step) {
            case MINT, REDEEM, CLOSE -> 1;
            case RENEW -> BEATS;
            case INTROSPECT -> 0;
        };
    }

    Units unitsOfALife() {
        var sum = Units.NONE;
        for (var step : Step.values()) {
            sum = sum.plus(asked(step).units().times(timesInALife(step)));
        }
        return sum;
    }

    int auditBytesOfALife() {
        int sum = 0;
        for (var step : Step.values()) {
            sum += asked(step).auditBytes() * timesInALife(step);
        }
        return sum;
    }

    static int requestsOfALife() {
        int sum = 0;
        for (var step : Step.values()) {
            sum += timesInALife(step);
        }
        return sum;
    }

    static TokenLife measured(String dynamoEndpoint) {
        var meter = new UnitMeter();
        var log = new AuditScale();
        try (var scene = new Scene();
                var client = client(dynamoEndpoint, meter)) {
            var ledger = new DynamoLedger(new DynamoTable(client, DynamoProcess.TABLE), Stage.RETENTION);
            return new Walk(scene, scene.audited(ledger, log), meter, log).through();
        }
    }

    static DynamoDbClient client(String endpoint, UnitMeter meter) {
        return DynamoDbClient.builder()
                .endpointOverride(URI.create(endpoint))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .overrideConfiguration(with -> with.addExecutionInterceptor(meter))
                .build();
    }

    /** Weighs the audit lines of one request. */
    private static final class AuditScale implements Consumer<String> {
        private int bytes;

        @Override
        public synchronized void accept(String line) {
            bytes += line.getBytes(StandardCharsets.UTF_8).length;
        }

        synchronized int take() {
            int taken = bytes;
            bytes = 0;
            return taken;
        }
    }

    /** One token from mint to close, and one that is introspected. */
    private record Walk(Scene scene, IssuerEdge edge, UnitMeter meter, AuditScale log) {
        TokenLife through() {
            var asked = new EnumMap<Step, Asked>(Step.class);
            var token = Answered.token(edge.handle(scene.mintRequest(1, Scene.SIGN)));
            asked.put(Step.MINT, taken());
            asked.put(Step.RENEW, after(scene.renewRequest(token)));
            asked.put(Step.REDEEM, after(scene.redeemRequest(token)));
            var other = Answered.token(edge.handle(scene.mintRequest(2, Scene.DEPLOY)));
            taken();
            asked.put(Step.INTROSPECT, after(scene.introspectRequest(other)));
            asked.put(Step.CLOSE, after(scene.closeRequest(other)));
            return new TokenLife(asked);
        }

        private Asked after(HttpRequest request) {
            int status = edge.handle(request).status();
            if (status != 200) {
                throw new IllegalStateException("a request of the walk was answered " + status);
            }
            return taken();
        }

        private Asked taken() {
            return new Asked(meter.take(), log.take());
        }
    }
}
