// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policy;

import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the content of each {@code jwks_file} in its place, as {@code jwks}: the canonical form stands alone. The file
 * is looked for beside the policy and below, nowhere else.
 */
final class KeyFiles {
    private static final int MAX_OCTETS = 256 << 10;
    private static final String PROVIDERS = "providers";
    private static final String FILE = "jwks_file";
    private static final String KEYS = "jwks";

    private final Map<String, Position> positions;
    private final List<LocatedFault> faults = new ArrayList<>();

    private KeyFiles(Map<String, Position> positions) {
        this.positions = positions;
    }

    static SourceDocument inline(SourceDocument source) {
        var providers = source.document().object(PROVIDERS);
        if (providers.isEmpty()) {
            return source;
        }
        var files = new KeyFiles(source.positions());
        var entries = new LinkedHashMap<String, JsonValue>();
        providers.get().members().forEach((name, provider) -> entries.put(name, files.provider(name, provider)));
        var members = new LinkedHashMap<>(source.document().members());
        members.put(PROVIDERS, new JsonObject(entries));
        return new SourceDocument(source.file(), new JsonObject(members), source.positions(), files.faults);
    }

    private JsonValue provider(String name, JsonValue provider) {
        if (!(provider instanceof JsonObject fields)
                || fields.has(KEYS)
                || !(fields.get(FILE).orElse(provider) instanceof JsonString file)) {
            return provider;
        }
        var pointer = Pointer.member(Pointer.member(Pointer.member(Pointer.ROOT, PROVIDERS), name), FILE);
        var members = new LinkedHashMap<>(fields.members());
        members.remove(FILE);
        read(pointer, file.value(), members);
        return new JsonObject(members);
    }

    private void read(String pointer, String file, Map<String, JsonValue> members) {
        var at = positions.get(pointer);
        if (at == null) {
            throw new IllegalStateException("no position for " + pointer);
        }
        try {
            members.put(KEYS, keys(at.file(), file));
            positions.put(Pointer.member(Pointer.parent(pointer), KEYS), at);
        } catch (MalformedJson e) {
            fault(at, pointer, "the file is not strict JSON: " + e.getMessage());
        } catch (IOException | InvalidPathException unreadable) {
            fault(at, pointer, "the file cannot be read, is larger than 256 KB or is not beside the policy");
        }
    }

    private void fault(Position at, String pointer, String message) {
        faults.add(at.error(pointer, message, "name a JWK set that is beside the policy: jenkins.jwks.json"));
    }

    private static JsonObject keys(Path policy, String name) throws IOException, MalformedJson {
        var folder = policy.toAbsolutePath().normalize().getParent();
        var file = folder == null ? Path.of(name) : folder.resolve(name).normalize();
        if (folder == null || Path.of(name).isAbsolute() || !file.startsWith(folder) || Files.size(file) > MAX_OCTETS) {
            throw new IOException("not a file beside the policy");
        }
        return StrictJson.parseObject(Files.readAllBytes(file));
    }
}
