// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policy;

import io.taskbound.json.JsonObject;
import io.taskbound.policy.Policy;
import java.util.List;
import java.util.function.Function;

/** How loading a policy ended: whole, or not at all. */
public sealed interface Loaded {

    /**
     * @param canonical what the issuer loads: one document, key sets inlined
     * @param policy the same, compiled as version 1
     */
    record Ok(JsonObject canonical, Policy policy, List<LocatedFault> warnings) implements Loaded {
        public Ok {
            warnings = List.copyOf(warnings);
        }
    }

    /** @param faults every one there is, warnings among them, in the order of files and lines; at least one error */
    record Faulty(List<LocatedFault> faults) implements Loaded {
        public Faulty {
            faults = List.copyOf(faults);
        }
    }

    /** One function for each way. */
    default <T> T match(Function<Ok, T> ok, Function<Faulty, T> faulty) {
        return this instanceof Ok it ? ok.apply(it) : faulty.apply((Faulty) this);
    }
}
