// SPDX-License-Identifier: Apache-2.0
package io.taskbound.login;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Parameters in the form application/x-www-form-urlencoded. */
final class Parameters {
    private final StringBuilder text = new StringBuilder();

    Parameters put(String name, String value) {
        if (!text.isEmpty()) {
            text.append('&');
        }
        text.append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        return this;
    }

    String encoded() {
        return text.toString();
    }

    @Override
    public String toString() {
        return "Parameters";
    }
}
