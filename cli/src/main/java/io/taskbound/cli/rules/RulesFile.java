// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.rules;

import io.taskbound.cli.policy.FaultLines;
import io.taskbound.cli.policy.LocatedFault;
import io.taskbound.cli.policy.YamlFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** A file of rules as it was read: its rules, or every fault in it. contract/guard.schema.json is its schema. */
public sealed interface RulesFile {
    /** Without faults. */
    record Good(RuleSet rules) implements RulesFile {}

    /** Of no use before the faults are corrected. */
    record Faulty(List<LocatedFault> faults) implements RulesFile {
        public Faulty {
            faults = List.copyOf(faults);
        }
    }

    /** Never throws for what is in the file: that is a fault. */
    static RulesFile read(Path file) throws IOException {
        return RulesReader.read(YamlFiles.read(file));
    }

    /** One function for each. */
    default <T> T match(Function<RuleSet, T> good, Function<List<LocatedFault>, T> faulty) {
        return this instanceof Good it ? good.apply(it.rules()) : faulty.apply(((Faulty) this).faults());
    }

    /** The rules; empty, with all that is wrong told as a compiler does, if the file is faulty. */
    default Optional<RuleSet> rules(Consumer<String> listener) {
        return match(Optional::of, faults -> {
            FaultLines.of(faults).forEach(listener);
            return Optional.empty();
        });
    }
}
