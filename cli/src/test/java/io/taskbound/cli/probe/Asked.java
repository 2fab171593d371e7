// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.probe;

import java.util.Map;

/** A request of the probe, as a sabotaged issuer sees it. */
record Asked(String method, String path, Map<String, String> form) {
    boolean is(String wantedMethod, String wantedPath) {
        return method.equals(wantedMethod) && path.equals(wantedPath);
    }

    String value(String name) {
        return form.getOrDefault(name, "");
    }

    /** For a token, with whatever proof. */
    boolean isExchange() {
        return is("POST", "/token") && !value("subject_token").isEmpty();
    }
}
