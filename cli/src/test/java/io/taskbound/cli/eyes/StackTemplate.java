// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.eyes;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonNumber;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** infra/template.yaml as JSON; a short form such as {@code !Ref X} as the object that it stands for. */
final class StackTemplate {
    static final Path ROOT = Path.of(Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root"));
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z0-9:.]+)}");

    private static final JsonObject TEMPLATE = read();

    private StackTemplate() {}

    static Map<String, JsonObject> resources(String type) {
        var found = new LinkedHashMap<String, JsonObject>();
        section("Resources").members().forEach((name, resource) -> {
            if (((JsonObject) resource).string("Type").orElseThrow().equals(type)) {
                found.put(name, (JsonObject) resource);
            }
        });
        return found;
    }

    static JsonObject resource(String name) {
        return section("Resources").object(name).orElseThrow();
    }

    private static JsonObject section(String name) {
        return TEMPLATE.object(name).orElseThrow();
    }

    private static JsonObject read() {
        return (JsonObject) json(new Compose(LoadSettings.builder().build())
                .composeString(text("infra/template.yaml"))
                .orElseThrow());
    }

    static JsonObject properties(JsonObject resource) {
        return resource.object("Properties").orElseThrow();
    }

    /** A text as CloudFormation would make it, where each reference stands for itself by name. */
    static String substituted(JsonObject in, String member) {
        var sub = in.object(member).orElseThrow().string("Fn::Sub").orElseThrow();
        return VARIABLE.matcher(sub).replaceAll("$1");
    }

    static String text(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static JsonValue json(Node node) {
        var tag = node.getTag().getValue();
        if (tag.startsWith("!")) {
            var name = tag.equals("!Ref") || tag.equals("!Condition") ? tag.substring(1) : "Fn::" + tag.substring(1);
            return JsonObject.builder().put(name, plain(node)).build();
        }
        return plain(node);
    }

    private static JsonValue plain(Node node) {
        if (node instanceof MappingNode mapping) {
            var members = new LinkedHashMap<String, JsonValue>();
            mapping.getValue()
                    .forEach(pair ->
                            members.put(((ScalarNode) pair.getKeyNode()).getValue(), json(pair.getValueNode())));
            return new JsonObject(members);
        }
        if (node instanceof SequenceNode sequence) {
            return new JsonArray(
                    sequence.getValue().stream().map(StackTemplate::json).toList());
        }
        var scalar = (ScalarNode) node;
        return scalar.getTag().equals(Tag.INT)
                ? new JsonNumber(new BigDecimal(scalar.getValue()))
                : new JsonString(scalar.getValue());
    }
}
