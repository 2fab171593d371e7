// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policy;

import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import io.taskbound.policy.FaultCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts the tasks and callers of each fragment's {@code file} beside its cap: the canonical form stands alone, and the
 * issuer holds the cap against them again. The file lies in a folder below the policy, never in the policy's own, whose
 * files are the organisation's and have no cap.
 */
final class FragmentFiles {
    private static final String FRAGMENTS = "fragments";
    private static final String FILE = "file";
    private static final Set<String> PARTS = Set.of("tasks", "callers");

    private final Map<String, Position> positions;
    private final List<LocatedFault> faults = new ArrayList<>();

    private FragmentFiles(Map<String, Position> positions) {
        this.positions = new HashMap<>(positions);
    }

    static SourceDocument inline(SourceDocument source) {
        var fragments = source.document().object(FRAGMENTS);
        if (fragments.isEmpty()) {
            return source;
        }
        var files = new FragmentFiles(source.positions());
        var entries = new LinkedHashMap<String, JsonValue>();
        fragments.get().members().forEach((name, entry) -> entries.put(name, files.fragment(source, name, entry)));
        var members = new LinkedHashMap<>(source.document().members());
        members.put(FRAGMENTS, new JsonObject(entries));
        var all = new ArrayList<>(source.faults());
        all.addAll(files.faults);
        return new SourceDocument(source.file(), new JsonObject(members), files.positions, all);
    }

    private JsonValue fragment(SourceDocument source, String name, JsonValue entry) {
        if (!(entry instanceof JsonObject fields)
                || !(fields.get(FILE).orElse(entry) instanceof JsonString file)
                || PARTS.stream().anyMatch(fields::has)) {
            return entry;
        }
        var pointer = Pointer.member(Pointer.member(Pointer.ROOT, FRAGMENTS), name);
        var at = source.position(Pointer.member(pointer, FILE));
        var members = new LinkedHashMap<>(fields.members());
        members.remove(FILE);
        try {
            insert(pointer, YamlFiles.read(below(at.file(), file.value())), members);
        } catch (IOException | InvalidPathException unreadable) {
            faults.add(at.error(
                    FaultCode.FILE,
                    Pointer.member(pointer, FILE),
                    "the file cannot be read, or does not lie in a folder below the policy",
                    "name a file that is there, such as fragments/" + name + ".yaml; a link is not followed"));
        }
        return new JsonObject(members);
    }

    private void insert(String pointer, SourceDocument read, Map<String, JsonValue> members) {
        faults.addAll(read.faults());
        read.document().members().forEach((part, value) -> {
            if (PARTS.contains(part)) {
                members.put(part, value);
            } else {
                var there = Pointer.member(Pointer.ROOT, part);
                faults.add(read.position(there)
                        .error(
                                FaultCode.UNKNOWN_FIELD,
                                there,
                                "a fragment has no \"" + part + "\"",
                                "write tasks and callers; the rest is in the organisation's files"));
            }
        });
        read.positions()
                .forEach((inner, position) -> positions.put(
                        pointer + inner, inner.isEmpty() ? positions.getOrDefault(pointer, position) : position));
    }

    /** Without links: whoever writes the fragment does not choose what else is read. */
    private static Path below(Path policy, String name) throws IOException {
        var folder = policy.toAbsolutePath().normalize().getParent();
        var file = folder == null ? Path.of(name) : folder.resolve(name).normalize();
        if (folder == null
                || Path.of(name).isAbsolute()
                || !file.startsWith(folder)
                || folder.equals(file.getParent())
                || !Files.isRegularFile(file)
                || !file.toRealPath().equals(folder.toRealPath().resolve(folder.relativize(file)))) {
            throw new IOException("not a file of a folder below the policy");
        }
        return policy.getParent() == null
                ? Path.of(name).normalize()
                : policy.resolveSibling(name).normalize();
    }
}
