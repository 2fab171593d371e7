// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policy;

import io.taskbound.identity.PrivateCa;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.policy.FaultCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the content of each {@code jwks_file} in its place, as {@code jwks}, and of each {@code ca_file} as {@code ca}:
 * the canonical form stands alone. The file is looked for beside the policy and below, nowhere else.
 */
final class KeyFiles {
    private static final int MAX_OCTETS = 256 << 10;
    private static final String PROVIDERS = "providers";

    private final Map<String, Position> positions;
    private final List<LocatedFault> faults = new ArrayList<>();

    /** What a file holds, and what its content is called in the canonical form. */
    private enum Kind {
        KEYS("jwks_file", "jwks", "name a JWK set that is beside the policy: jenkins.jwks.json") {
            @Override
            JsonValue read(byte[] octets) throws MalformedJson {
                return StrictJson.parseObject(octets);
            }
        },
        AUTHORITY("ca_file", "ca", "name a PEM file of certificates that is beside the policy: acme-ca.pem") {
            @Override
            JsonValue read(byte[] octets) throws MalformedJson {
                var text = new String(octets, StandardCharsets.UTF_8);
                var flaw = PrivateCa.flaw(text);
                if (flaw.isPresent()) {
                    throw new IllegalArgumentException(flaw.get());
                }
                return new JsonString(PrivateCa.canonical(text));
            }
        };

        private final String file;
        private final String content;
        private final String remedy;

        Kind(String file, String content, String remedy) {
            this.file = file;
            this.content = content;
            this.remedy = remedy;
        }

        /** What is wrong with the content, otherwise than as JSON, is an {@link IllegalArgumentException}. */
        abstract JsonValue read(byte[] octets) throws MalformedJson;
    }

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
        var inlined = provider;
        for (var kind : Kind.values()) {
            inlined = inlined(kind, name, inlined);
        }
        return inlined;
    }

    private JsonValue inlined(Kind kind, String name, JsonValue provider) {
        if (!(provider instanceof JsonObject fields)
                || fields.has(kind.content)
                || !(fields.get(kind.file).orElse(provider) instanceof JsonString file)) {
            return provider;
        }
        var pointer = Pointer.member(Pointer.member(Pointer.member(Pointer.ROOT, PROVIDERS), name), kind.file);
        var members = new LinkedHashMap<>(fields.members());
        members.remove(kind.file);
        read(kind, pointer, file.value(), members);
        return new JsonObject(members);
    }

    private void read(Kind kind, String pointer, String file, Map<String, JsonValue> members) {
        var at = positions.get(pointer);
        if (at == null) {
            throw new IllegalStateException("no position for " + pointer);
        }
        try {
            members.put(kind.content, kind.read(octets(at.file(), file)));
            positions.put(Pointer.member(Pointer.parent(pointer), kind.content), at);
        } catch (MalformedJson e) {
            fault(kind, at, pointer, "the file is not strict JSON: " + e.getMessage());
        } catch (IOException | InvalidPathException unreadable) {
            fault(kind, at, pointer, "the file cannot be read, is larger than 256 KB or is not beside the policy");
        } catch (IllegalArgumentException flaw) {
            fault(kind, at, pointer, "the file " + flaw.getMessage());
        }
    }

    private void fault(Kind kind, Position at, String pointer, String message) {
        faults.add(at.error(FaultCode.KEY_SOURCE, pointer, message, kind.remedy));
    }

    private static byte[] octets(Path policy, String name) throws IOException {
        var folder = policy.toAbsolutePath().normalize().getParent();
        var file = folder == null ? Path.of(name) : folder.resolve(name).normalize();
        if (folder == null || Path.of(name).isAbsolute() || !file.startsWith(folder) || Files.size(file) > MAX_OCTETS) {
            throw new IOException("not a file beside the policy");
        }
        return Files.readAllBytes(file);
    }
}
