// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import io.taskbound.local.OwnPort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures what {@code taskbound mcp-gateway}, in a process of its own, adds to a call of a tool besides the call
 * itself and the issuer's redeem: two floors that are measured in the same run. {@code taskbound guard} before the same
 * issuer is measured beside it, since it redeems in the same way and forwards nothing. The kinds take turns on one kept
 * connection each, so that what disturbs the machine disturbs all of them.
 */
public final class McpGatewayLoad {
    private static final double MOST_OWN_MILLIS = 3;
    private static final int WARM_UP = 4_000;
    private static final int ROUNDS = 5;
    private static final int CALLS = 1_000;

    private McpGatewayLoad() {}

    private enum Kind {
        DIRECT,
        REDEEM,
        GUARD,
        GATEWAY
    }

    /** @param arguments the jar of the command line */
    public static void main(String[] arguments) throws Exception {
        // Before the first server of this process reads it: else answers wait for a delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        var jar = Path.of(arguments[0]);
        int port = OwnPort.find();
        try (var scene = Scene.live("http://127.0.0.1:" + port)) {
            var edge = scene.edge(new RedeemingLedger().ledger());
            var token = Answered.token(edge.handle(scene.mintRequest(1, Scene.SIGN)));
            try (var issuer = new IssuerOverHttp(edge, port);
                    var server = new SigningTool();
                    var guard = GuardLoad.Guarding.start(jar, issuer.port());
                    var gateway = McpGatewayProcess.start(jar, issuer.port(), server.port())) {
                boolean passes;
                try (var asked = new Asked()) {
                    asked.add(Kind.DIRECT, server.port(), call("tool", ""));
                    asked.add(Kind.REDEEM, issuer.port(), GuardLoad.redeem(scene, token));
                    asked.add(Kind.GUARD, guard.port(), GuardLoad.question(token));
                    asked.add(
                            Kind.GATEWAY,
                            gateway.port(),
                            call("signer.acme.example", "Authorization: Bearer " + token));
                    passes = measured(asked);
                }
                // A refusal would be answered with 200 as well, and sooner.
                int all = WARM_UP + ROUNDS * CALLS;
                if (server.calls() != 2 * all) {
                    throw new IllegalStateException("of " + all + " calls each, directly and through the gateway, the"
                            + " server saw " + server.calls());
                }
                System.exit(passes ? 0 : 1);
            }
        }
    }

    private static byte[] call(String host, String authorization) {
        var body = SigningTool.CALL;
        var lines = new ArrayList<>(List.of(
                "POST / HTTP/1.1",
                "Host: " + host,
                "Content-Type: application/json",
                "Accept: application/json, text/event-stream",
                "MCP-Protocol-Version: 2026-07-28",
                "Mcp-Method: tools/call",
                "Mcp-Name: sign",
                "Content-Length: " + body.length()));
        if (!authorization.isEmpty()) {
            lines.add(authorization);
        }
        return (String.join("\r\n", lines) + "\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean measured(Asked asked) throws IOException {
        asked.medians(WARM_UP);
        Map<Kind, List<Double>> medians = new EnumMap<>(Kind.class);
        for (int round = 0; round < ROUNDS; round++) {
            asked.medians(CALLS)
                    .forEach((kind, millis) -> medians.computeIfAbsent(kind, any -> new ArrayList<>())
                            .add(millis));
        }
        double direct = median(medians, Kind.DIRECT);
        double redeem = median(medians, Kind.REDEEM);
        double guard = median(medians, Kind.GUARD);
        double gateway = median(medians, Kind.GATEWAY);
        double own = gateway - direct - redeem;
        System.out.printf(
                Locale.ROOT,
                "call %.3f ms, redeem %.3f ms, call through mcp-gateway %.3f ms (medians of %d rounds of %d): the gateway's"
                        + " own %.3f ms  (bar %.1f ms)  %s%n",
                direct,
                redeem,
                gateway,
                ROUNDS,
                CALLS,
                own,
                MOST_OWN_MILLIS,
                own <= MOST_OWN_MILLIS ? "PASS" : "FAIL");
        System.out.printf(
                Locale.ROOT, "beside it: a question to guard %.3f ms, its own %.3f ms%n", guard, guard - redeem);
        return own <= MOST_OWN_MILLIS;
    }

    private static double median(Map<Kind, List<Double>> medians, Kind kind) {
        return Times.median(medians.getOrDefault(kind, List.of()));
    }

    /** A kept connection for each kind. */
    private static final class Asked implements AutoCloseable {
        private final Map<Kind, KeptConnection> connections = new EnumMap<>(Kind.class);
        private final Map<Kind, byte[]> requests = new EnumMap<>(Kind.class);

        void add(Kind kind, int port, byte[] request) throws IOException {
            connections.put(kind, new KeptConnection(port));
            requests.put(kind, request);
        }

        /** Milliseconds of each kind. */
        Map<Kind, Double> medians(int calls) throws IOException {
            Map<Kind, double[]> millis = new EnumMap<>(Kind.class);
            for (var kind : Kind.values()) {
                millis.put(kind, new double[calls]);
            }
            for (int i = 0; i < calls; i++) {
                for (var times : millis.entrySet()) {
                    times.getValue()[i] = ask(times.getKey());
                }
            }
            Map<Kind, Double> medians = new EnumMap<>(Kind.class);
            millis.forEach((kind, times) -> {
                Arrays.sort(times);
                medians.put(kind, times[times.length / 2]);
            });
            return medians;
        }

        private double ask(Kind kind) throws IOException {
            var connection = connections.get(kind);
            var request = requests.get(kind);
            if (connection == null || request == null) {
                throw new IllegalStateException(kind + " is not measured");
            }
            long start = System.nanoTime();
            int status = connection.ask(request);
            double millis = (System.nanoTime() - start) / 1e6;
            if (status != 200) {
                throw new IllegalStateException(kind + " answered " + status);
            }
            return millis;
        }

        @Override
        public void close() throws IOException {
            for (var connection : connections.values()) {
                connection.close();
            }
        }
    }
}
