// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.map;

import io.taskbound.cli.policy.LocatedFault;
import io.taskbound.cli.policy.YamlFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** A map as it was read: the map, or every fault in it. contract/mcp.schema.json is its schema. */
public sealed interface MapFile {
    /** Without faults. */
    record Good(GatewayMap map) implements MapFile {}

    /** Of no use before the faults are corrected. */
    record Faulty(List<LocatedFault> faults) implements MapFile {
        public Faulty {
            faults = List.copyOf(faults);
        }
    }

    /** Never throws for what is in the file: that is a fault. */
    static MapFile read(Path file) throws IOException {
        return MapReader.read(YamlFiles.read(file));
    }

    /** One function for each. */
    default <T> T match(Function<GatewayMap, T> good, Function<List<LocatedFault>, T> faulty) {
        return this instanceof Good it ? good.apply(it.map()) : faulty.apply(((Faulty) this).faults());
    }
}
