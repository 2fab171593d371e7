// SPDX-License-Identifier: Apache-2.0
package io.taskbound.hook;

import io.taskbound.json.JsonObject;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.util.Optional;
import java.util.function.Function;

/**
 * One event as it came: headers, and the body's very bytes, which the signature is over. Nothing of it is believed, or
 * read as JSON, before {@link HookSystem#flaw} finds none. It may contain a secret, so it is never shown.
 */
public final class Delivery {
    private final Function<String, Optional<String>> headers;
    private final byte[] body;

    /**
     * @param headers the only value of a header, by its lower-case name; empty where it is absent or given twice
     * @param body not copied; the caller must not change it afterwards
     */
    public Delivery(Function<String, Optional<String>> headers, byte[] body) {
        this.headers = headers;
        this.body = body;
    }

    Optional<String> header(String name) {
        return headers.apply(name);
    }

    /** Not a copy. */
    byte[] body() {
        return body;
    }

    /**
     * The body, parsed strictly; only for one without a flaw.
     *
     * @throws MalformedEvent when it is not a JSON object, or not one that two readers would read alike
     */
    public JsonObject json() throws MalformedEvent {
        try {
            return StrictJson.parseObject(body);
        } catch (MalformedJson malformed) {
            throw new MalformedEvent("the body is not one JSON object: " + malformed.getMessage());
        }
    }

    @Override
    public String toString() {
        return "Delivery[" + body.length + " bytes]";
    }
}
