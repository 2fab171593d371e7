// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policy;

import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonValue;
import io.taskbound.policy.FaultCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Joins the files of a folder into one document. Sections are joined entry by entry; whatever is written twice is a
 * fault that names both places, because neither file can be the one that counts. Only {@code version} may repeat.
 */
final class Joining {
    private static final Set<String> SECTIONS =
            Set.of("providers", "resource_servers", "approvers", "callers", "tasks", "fragments", "hooks");
    private static final String VERSION = "version";

    private final Map<String, JsonValue> members = new LinkedHashMap<>();
    private final Map<String, Position> positions = new HashMap<>();
    /** The positions of each file in the order of their pointers, so that an entry's are found without the others'. */
    private final Map<Path, TreeMap<String, Position>> sorted = new HashMap<>();

    private final List<LocatedFault> faults = new ArrayList<>();

    private Joining() {}

    static SourceDocument join(List<SourceDocument> sources) {
        var joining = new Joining();
        joining.positions.put(Pointer.ROOT, Position.start(sources.get(0).file()));
        for (var source : sources) {
            source.document().members().forEach((name, value) -> joining.add(source, name, value));
        }
        return new SourceDocument(
                sources.get(0).file(), new JsonObject(joining.members), joining.positions, joining.faults);
    }

    private void add(SourceDocument source, String name, JsonValue value) {
        var pointer = Pointer.member(Pointer.ROOT, name);
        var there = members.get(name);
        if (there == null) {
            members.put(name, value);
            copyPositions(source, pointer);
        } else if (SECTIONS.contains(name) && there instanceof JsonObject first && value instanceof JsonObject more) {
            members.put(name, joined(source, pointer, first, more));
        } else if (!name.equals(VERSION) || !there.equals(value)) {
            twice(source, pointer, name);
        }
    }

    private JsonObject joined(SourceDocument source, String section, JsonObject first, JsonObject more) {
        var entries = new LinkedHashMap<>(first.members());
        more.members().forEach((name, entry) -> {
            var pointer = Pointer.member(section, name);
            if (entries.putIfAbsent(name, entry) == null) {
                copyPositions(source, pointer);
            } else {
                twice(source, pointer, name);
            }
        });
        return new JsonObject(entries);
    }

    private void twice(SourceDocument source, String pointer, String name) {
        var here = source.positions().getOrDefault(pointer, Position.start(source.file()));
        faults.add(here.error(
                FaultCode.DEFINED_TWICE,
                pointer,
                name + " is defined twice; first at " + positions.get(pointer),
                "keep one of them"));
    }

    private void copyPositions(SourceDocument source, String pointer) {
        var known = sorted.computeIfAbsent(source.file(), file -> new TreeMap<>(source.positions()));
        var inside = pointer + "/";
        Optional.ofNullable(known.get(pointer)).ifPresent(position -> positions.put(pointer, position));
        for (var entry : known.tailMap(inside).entrySet()) {
            if (!entry.getKey().startsWith(inside)) {
                break;
            }
            positions.put(entry.getKey(), entry.getValue());
        }
    }
}
