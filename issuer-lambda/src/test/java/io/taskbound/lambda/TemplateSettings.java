// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import io.taskbound.stack.Deployment;
import java.util.LinkedHashMap;
import java.util.Map;

/** A function's environment, as the template sets it. */
final class TemplateSettings {
    private TemplateSettings() {}

    static Map<String, String> of(Deployment stack, String function) {
        var environment = (Map<?, ?>) stack.properties(function).get("Environment");
        var settings = new LinkedHashMap<String, String>();
        ((Map<?, ?>) environment.get("Variables"))
                .forEach((name, value) -> settings.put(name.toString(), value.toString()));
        return settings;
    }
}
