// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import javax.net.ssl.SSLHandshakeException;

/** Plays the turns of one vector of retry.json. */
final class ScriptedTransport implements Transport {
    private final TestClock clock;
    private final Queue<Map<String, Object>> turns;
    private final List<Long> timeouts = new ArrayList<>();

    ScriptedTransport(TestClock clock, List<Map<String, Object>> turns) {
        this.clock = clock;
        this.turns = new ArrayDeque<>(turns);
    }

    /** The limit of each try, in milliseconds. */
    List<Long> timeouts() {
        return timeouts;
    }

    int turnsLeft() {
        return turns.size();
    }

    private static Duration millis(Map<String, Object> turn) {
        return Duration.ofMillis((Long) turn.getOrDefault("took_ms", 0L));
    }

    @Override
    public TransportAnswer send(TransportRequest request) throws IOException {
        timeouts.add(request.timeout().toMillis());
        Map<String, Object> turn = turns.remove();
        clock.advance(millis(turn));
        return turn.containsKey("fault") ? fail((String) turn.get("fault"), request) : answer(turn);
    }

    private static TransportAnswer answer(Map<String, Object> turn) {
        var headers = new HashMap<String, String>();
        if (turn.get("retry_after") instanceof String text) {
            headers.put("retry-after", text);
        }
        return new TransportAnswer(((Long) turn.get("status")).intValue(), headers, body(turn));
    }

    private static byte[] body(Map<String, Object> turn) {
        return ((String) turn.getOrDefault("body", "")).getBytes(StandardCharsets.UTF_8);
    }

    private static TransportAnswer fail(String fault, TransportRequest request) throws IOException {
        throw switch (fault) {
            case "refused" -> new ConnectException("refused");
            case "proxy_login" -> new ProxyLoginException();
            case "lost" -> new IOException("connection reset");
            case "tls" -> new SSLHandshakeException("no path to a trusted root");
            case "large" -> new AnswerTooLargeException(request.maxAnswerBytes());
            default -> throw new IllegalArgumentException(fault);
        };
    }
}
