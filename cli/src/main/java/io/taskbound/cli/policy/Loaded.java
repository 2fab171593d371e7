// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policy;

import io.taskbound.json.JsonObject;
import io.taskbound.policy.Policy;
import java.util.List;
import java.util.function.Function;

/** How loading a policy ended: whole, or not at all. */
public sealed interface Loaded {
    /** One function for each way. */
    <T> T match(Function<Ok, T> ok, Function<Faulty, T> faulty);

    /**
     * @param canonical what the issuer loads: one document, key sets inlined
     * @param policy the same, compiled as version 1
     * @param places where its parts stand in the files
     */
    record Ok(JsonObject canonical, Policy policy, Places places, List<LocatedFault> warnings) implements Loaded {
        public Ok {
            warnings = List.copyOf(warnings);
        }

        @Override
        public <T> T match(Function<Ok, T> ok, Function<Faulty, T> faulty) {
            return ok.apply(this);
        }
    }

    /** @param faults every one there is, warnings among them, in the order of files and lines; at least one error */
    record Faulty(List<LocatedFault> faults) implements Loaded {
        public Faulty {
            faults = List.copyOf(faults);
        }

        @Override
        public <T> T match(Function<Ok, T> ok, Function<Faulty, T> faulty) {
            return faulty.apply(this);
        }
    }
}
