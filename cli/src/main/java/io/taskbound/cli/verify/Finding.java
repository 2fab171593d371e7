// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.verify;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.json.JsonObject;
import java.util.Locale;

/**
 * One answer about a token.
 *
 * @param holds false when it speaks against the token
 * @param settled false when nobody was asked, or nobody can tell
 */
record Finding(String about, String answer, boolean holds, boolean settled) {

    static Finding good(String about, String answer) {
        return new Finding(about, answer, true, true);
    }

    static Finding against(String about, String answer) {
        return new Finding(about, answer, false, true);
    }

    /** Nobody was asked, or nobody can tell; it speaks neither for nor against. */
    static Finding open(String about, String answer) {
        return new Finding(about, answer, true, false);
    }

    JsonObject json() {
        return JsonObject.builder()
                .put("about", about)
                .put("answer", answer)
                .put("holds", holds)
                .put("settled", settled)
                .build();
    }

    String shown(CommandContext context) {
        var line = String.format(Locale.ROOT, "%-11s%s", about, answer);
        if (!settled) {
            return context.faint(line);
        }
        return holds ? context.green(line) : context.red(line);
    }
}
