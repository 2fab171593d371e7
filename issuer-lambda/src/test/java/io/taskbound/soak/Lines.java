// SPDX-License-Identifier: Apache-2.0
package io.taskbound.soak;

import io.taskbound.audit.AuditLine;
import io.taskbound.audit.Event;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How often the audit log says of each token that it ended, and that its close is missing. */
final class Lines {
    private final Map<String, Integer> ended = new ConcurrentHashMap<>();
    private final Map<String, Integer> missing = new ConcurrentHashMap<>();

    /** A line as the issuer writes it. */
    void take(String text) {
        if (text.contains("\"event\":\"" + Event.ENDED.wire() + "\"")) {
            ended.merge(jti(text), 1, Integer::sum);
        } else if (text.contains("\"event\":\"" + Event.MISSING_CLOSE.wire() + "\"")) {
            missing.merge(jti(text), 1, Integer::sum);
        }
    }

    void take(AuditLine line) {
        take(line.text());
    }

    private static String jti(String text) {
        try {
            return StrictJson.parseObject(text.getBytes(StandardCharsets.UTF_8))
                    .string("jti")
                    .orElseThrow();
        } catch (MalformedJson malformed) {
            throw new AssertionError(malformed);
        }
    }

    int ended(String jti) {
        return ended.getOrDefault(jti, 0);
    }

    int missing(String jti) {
        return missing.getOrDefault(jti, 0);
    }
}
