// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where the fields and entries of a document stand in its files, by JSON pointer (RFC 6901). */
public final class Places {
    private final Path file;
    private final Map<String, Position> positions;

    /**
     * @param file for what has no place, not even in another
     * @param positions nobody changes them any more
     */
    Places(Path file, Map<String, Position> positions) {
        this.file = file;
        this.positions = positions;
    }

    /** Empty for what is not written. */
    public Optional<Position> find(String pointer) {
        return Optional.ofNullable(positions.get(pointer));
    }

    /** Where that stands, or else what it is in: a missing field has no place of its own. */
    public Position of(String pointer) {
        return find(pointer).orElseGet(() -> pointer.isEmpty() ? Position.start(file) : of(Pointer.parent(pointer)));
    }
}
