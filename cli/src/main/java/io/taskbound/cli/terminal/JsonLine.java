// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.terminal;

import io.taskbound.json.JsonText;
import io.taskbound.json.JsonValue;
import java.util.Locale;

/**
 * What {@code --json} prints: one line, in ASCII alone, so that stored text cannot steer a terminal and loses nothing.
 */
public final class JsonLine {
    private static final char FIRST_BEYOND = 0x7f;

    private JsonLine() {}

    public static String of(JsonValue value) {
        var out = new StringBuilder();
        JsonText.of(value).chars().forEach(unit -> {
            if (unit < FIRST_BEYOND) {
                out.append((char) unit);
            } else {
                out.append(String.format(Locale.ROOT, "\\u%04x", unit));
            }
        });
        return out.toString();
    }
}
