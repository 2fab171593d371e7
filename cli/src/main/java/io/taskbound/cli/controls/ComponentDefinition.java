// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.controls;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * The controls as a component definition of OSCAL 1.2.1, NIST's Open Security Controls Assessment Language. The same
 * controls make the same text: its UUIDs are of version 5 (RFC 9562 section 5.5).
 */
final class ComponentDefinition {
    private static final String OURS = "https://github.com/taskbound/taskbound/tree/main/docs/controls.md";
    private static final UUID URL_NAMESPACE = UUID.fromString("6ba7b811-9dad-11d1-80b4-00c04fd430c8");
    private static final int UUID_OCTETS = 16;

    private final Controls controls;

    ComponentDefinition(Controls controls) {
        this.controls = controls;
    }

    String text() {
        return new Pretty().text(json());
    }

    private JsonObject json() {
        var metadata = JsonObject.builder()
                .put("title", "Taskbound")
                .put("last-modified", "2026-12-02T00:00:00Z")
                .put("version", "1")
                .put("oscal-version", "1.2.1")
                .build();
        var implementations =
                controls.frameworks().stream().map(this::implementation).toList();
        var component = JsonObject.builder()
                .put("uuid", uuid("component"))
                .put("type", "software")
                .put("title", "Taskbound")
                .put(
                        "description",
                        "Gives a CI step a token for one action on one target, which is dead when the step ends. Each description"
                                + " below is one claim, and each property \"test\" a test that tries to falsify it in every build.")
                .put("control-implementations", new JsonArray(List.copyOf(implementations)))
                .build();
        return JsonObject.builder()
                .put(
                        "component-definition",
                        JsonObject.builder()
                                .put("uuid", uuid("definition"))
                                .put("metadata", metadata)
                                .put("components", new JsonArray(List.of(component)))
                                .build())
                .build();
    }

    private JsonObject implementation(Framework framework) {
        var requirements = controls.controls().stream()
                .filter(control -> control.framework().equals(framework))
                .map(ComponentDefinition::requirement)
                .toList();
        return JsonObject.builder()
                .put("uuid", uuid(framework.key()))
                .put("source", framework.source())
                .put("description", "What Taskbound supports of " + framework.name() + ", " + framework.edition() + ".")
                .put("implemented-requirements", new JsonArray(List.copyOf(requirements)))
                .build();
    }

    private static JsonObject requirement(Control control) {
        var props = new ArrayList<JsonValue>();
        // Something is always left to whoever runs it; of what is not claimed it says nothing.
        control.claim().ifPresent(claim -> props.add(property("implementation-status", "partial")));
        props.add(own("label", control.id()));
        control.tests().forEach(test -> props.add(own("test", test.toString())));
        control.vectors().forEach(file -> props.add(own("vectors", file)));
        var remarks = new ArrayList<String>();
        control.deployer().ifPresent(left -> remarks.add("Left to the deployer: " + left));
        control.notClaimed().ifPresent(not -> remarks.add("Not claimed: " + not));
        return JsonObject.builder()
                .put("uuid", uuid(control.framework().key() + "/" + control.id()))
                .put("control-id", token(control.id()))
                .put("description", control.claim().orElse("Nothing is claimed."))
                .put("props", new JsonArray(props))
                .put("remarks", String.join(" ", remarks))
                .build();
    }

    private static JsonObject property(String name, String value) {
        return JsonObject.builder().put("name", name).put("value", value).build();
    }

    private static JsonObject own(String name, String value) {
        return JsonObject.builder()
                .put("name", name)
                .put("ns", OURS)
                .put("value", value)
                .build();
    }

    /** As OSCAL's catalogs write ids: in lower case, and without a colon, which a token may not have. */
    private static String token(String id) {
        return id.toLowerCase(Locale.ROOT).replace(':', '-');
    }

    private static String uuid(String name) {
        var namespace = ByteBuffer.allocate(UUID_OCTETS)
                .putLong(URL_NAMESPACE.getMostSignificantBits())
                .putLong(URL_NAMESPACE.getLeastSignificantBits());
        try {
            var digest = MessageDigest.getInstance("SHA-1");
            digest.update(namespace.array());
            var octets =
                    Arrays.copyOf(digest.digest((OURS + "#" + name).getBytes(StandardCharsets.UTF_8)), UUID_OCTETS);
            octets[6] = (byte) ((octets[6] & 0x0f) | 0x50);
            octets[8] = (byte) ((octets[8] & 0x3f) | 0x80);
            var bits = ByteBuffer.wrap(octets);
            return new UUID(bits.getLong(), bits.getLong()).toString();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A member or an item a line, so that a change can be read. */
    private static final class Pretty {
        private final StringBuilder text = new StringBuilder();

        private String text(JsonValue value) {
            add(value, "\n");
            return text.append('\n').toString();
        }

        private void add(JsonValue value, String line) {
            var inner = line + "  ";
            if (value instanceof JsonObject object) {
                var separator = "{";
                for (var member : object.members().entrySet()) {
                    text.append(separator)
                            .append(inner)
                            .append('"')
                            .append(member.getKey())
                            .append("\": ");
                    add(member.getValue(), inner);
                    separator = ",";
                }
                text.append(line).append('}');
            } else if (value instanceof JsonArray array) {
                var separator = "[";
                for (var item : array.items()) {
                    text.append(separator).append(inner);
                    add(item, inner);
                    separator = ",";
                }
                text.append(line).append(']');
            } else {
                text.append(JsonText.of(value));
            }
        }
    }
}
