// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.overhttp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskbound.json.JsonObject;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One answer as it came over the wire.
 *
 * @param headers by lower-case name
 */
public record Answer(int status, Map<String, List<String>> headers, String raw) {
    public static Answer of(int status, Map<String, List<String>> headers, byte[] body) {
        var lowered = new TreeMap<String, List<String>>();
        headers.forEach((name, values) -> lowered.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        return new Answer(status, lowered, new String(body, UTF_8));
    }

    /** The body, which must be one JSON object. */
    public JsonObject body() {
        try {
            return StrictJson.parseObject(raw.getBytes(UTF_8));
        } catch (MalformedJson malformed) {
            throw new AssertionError("not a JSON object: " + this, malformed);
        }
    }

    /** A text member of the body, or the test ends here. */
    public String text(String member) {
        return body().string(member).orElseThrow(() -> new AssertionError("no " + member + " in " + this));
    }

    public String header(String name) {
        return String.join(", ", headers.getOrDefault(name, List.of()));
    }
}
