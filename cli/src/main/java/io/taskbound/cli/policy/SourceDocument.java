// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policy;

import io.taskbound.json.JsonObject;
import io.taskbound.policy.FaultCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One file as read.
 *
 * @param positions where each field and entry stands, by JSON pointer
 * @param faults what could not be read; when there are any, the document is not worth checking further
 */
public record SourceDocument(
        Path file, JsonObject document, Map<String, Position> positions, List<LocatedFault> faults) {
    public SourceDocument {
        faults = List.copyOf(faults);
    }

    /** Where what the pointer names stands, or else what it is in: a missing field has no place of its own. */
    public Position position(String pointer) {
        return new Places(file, positions).of(pointer);
    }

    static SourceDocument unreadable(FaultCode code, Position at, String message, String remedy) {
        return new SourceDocument(
                at.file(), JsonObject.EMPTY, Map.of(), List.of(at.error(code, Pointer.ROOT, message, remedy)));
    }
}
