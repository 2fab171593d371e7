// SPDX-License-Identifier: Apache-2.0
package io.taskbound.outbound;

import io.taskbound.json.JsonValue;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a foreign service answered, whatever its status. May hold secrets: {@link #toString} shows the status alone. */
public final class Reply {
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    /** @param headers by name in lower case */
    Reply(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    public int status() {
        return status;
    }

    /** @param name in any case */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The body, where it says that it is JSON, and is. */
    public Optional<JsonValue> json() {
        var type = header("content-type").orElse("").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!type.equals("application/json") && !(type.startsWith("application/") && type.endsWith("+json"))) {
            return Optional.empty();
        }
        try {
            return Optional.of(StrictJson.parse(body));
        } catch (MalformedJson notJson) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "Reply[" + status + "]";
    }
}
