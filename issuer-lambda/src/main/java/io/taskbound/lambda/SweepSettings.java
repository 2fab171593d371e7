// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import java.util.Map;
import java.util.Optional;

/**
 * The settings of the function that sweeps.
 *
 * @param table {@value Settings#TABLE}: as the issuer's
 * @param metrics {@value Settings#METRICS}: as the issuer's; without it no metrics are written
 */
record SweepSettings(String table, Optional<String> metrics) {
    /** @throws Settings.Unusable naming all faults at once */
    static SweepSettings read(Map<String, String> variables) {
        var environment = new EnvironmentReader(variables);
        var table = environment.required(Settings.TABLE, "set it as the issuer's function has it");
        var metrics = environment.value(Settings.METRICS);
        Settings.checkTable(environment, table);
        Settings.checkMetrics(environment, metrics);
        Settings.Unusable.ifAny(environment.faults());
        return new SweepSettings(table.orElseThrow(), metrics);
    }
}
