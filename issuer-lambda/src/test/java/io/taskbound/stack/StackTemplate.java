// SPDX-License-Identifier: Apache-2.0
package io.taskbound.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A template as it stands: maps, lists and texts alone. {@code !Sub x} is the map {@code Fn::Sub: x}, as in JSON. */
public final class StackTemplate {
    public static final Path ROOT =
            Path.of(Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root"));
    private final Map<String, Object> root;

    private StackTemplate(Map<String, Object> root) {
        this.root = root;
    }

    public static StackTemplate ours() {
        return read(ROOT.resolve("infra/template.yaml"));
    }

    public static StackTemplate read(Path file) {
        return parsed(text(file));
    }

    /** Ours with other words in one place, which must be there. */
    public static StackTemplate oursWith(String words, String others) {
        var text = text(ROOT.resolve("infra/template.yaml"));
        if (!text.contains(words)) {
            throw new AssertionError("infra/template.yaml has no " + words);
        }
        return parsed(text.replace(words, others));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static StackTemplate parsed(String text) {
        return new StackTemplate(map(yaml(text)));
    }

    /** A document of IAM as well, which is JSON and so is YAML. */
    public static Object yaml(String text) {
        // CloudFormation knows no aliases.
        var settings = LoadSettings.builder().setMaxAliasesForCollections(0).build();
        var node = new Compose(settings).composeString(text).orElseThrow(() -> new AssertionError("an empty template"));
        return plain(node);
    }

    public Map<String, Object> section(String name) {
        return map(root.getOrDefault(name, Map.of()));
    }

    public Object top(String name) {
        return Objects.requireNonNull(root.get(name), name);
    }

    /** @param parameters the others have their defaults */
    public Deployment deployed(Map<String, String> parameters) {
        return new Deployment(this, parameters, Map.of());
    }

    @SuppressWarnings("unchecked")
    public static Map<String, Object> map(Object value) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new AssertionError("not a mapping: " + value);
    }

    public static List<?> list(Object value) {
        return value instanceof List<?> list ? list : List.of(value);
    }

    private static Object plain(Node node) {
        var value = untagged(node);
        var tag = node.getTag().getValue();
        if (!tag.startsWith("!")) {
            return value;
        }
        return switch (tag) {
            case "!Ref", "!Condition" -> Map.of(tag.substring(1), value);
            case "!GetAtt" -> Map.of("Fn::GetAtt", List.of(value.toString().split("\\.", 2)));
            default -> Map.of("Fn::" + tag.substring(1), value);
        };
    }

    private static Object untagged(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue().stream().map(StackTemplate::plain).toList();
        }
        var map = new LinkedHashMap<String, Object>();
        for (var entry : ((MappingNode) node).getValue()) {
            var twice = map.put(plain(entry.getKeyNode()).toString(), plain(entry.getValueNode()));
            if (twice != null) {
                throw new AssertionError("written twice: " + plain(entry.getKeyNode()));
            }
        }
        return map;
    }

    /** Every text below the value that is written with this function, such as {@code Ref}. */
    static List<Object> uses(Object value, String function) {
        var found = new ArrayList<Object>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, below) -> {
                if (function.equals(name)) {
                    found.add(below);
                }
                found.addAll(uses(below, function));
            });
        } else if (value instanceof List<?> list) {
            list.forEach(item -> found.addAll(uses(item, function)));
        }
        return found;
    }
}
