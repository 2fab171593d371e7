// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policy;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonBoolean;
import io.taskbound.json.JsonNull;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import io.taskbound.policy.FaultCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Reads YAML 1.2 with the core schema into JSON: what YAML can say and JSON cannot is a fault. Repeated names, tags,
 * documents beyond the first, and aliases that would grow without end are refused.
 */
final class YamlReader {
    private static final int MAX_ALIASES = 50;
    private static final int MAX_DEPTH = 32;
    private static final int MAX_NODES = 500_000;
    static final int MAX_CHARACTERS = 4 << 20;

    private final Path file;
    private final Map<String, Position> positions = new HashMap<>();
    private final List<LocatedFault> faults = new ArrayList<>();
    private int nodes;

    private YamlReader(Path file) {
        this.file = file;
    }

    static SourceDocument read(Path file, String text) {
        try {
            var root = new Compose(settings(file)).composeString(text);
            return root.map(node -> new YamlReader(file).document(node))
                    .orElseGet(() -> SourceDocument.unreadable(
                            FaultCode.YAML,
                            Position.start(file),
                            "the file is empty",
                            "write version: 1 and what belongs below it"));
        } catch (MarkedYamlEngineException e) {
            var at = e.getProblemMark().map(mark -> new Position(file, mark.getLine() + 1, mark.getColumn() + 1));
            return SourceDocument.unreadable(
                    FaultCode.YAML,
                    at.orElse(Position.start(file)),
                    "is not YAML: " + e.getProblem(),
                    "check indents and quotes there");
        } catch (YamlEngineException e) {
            return SourceDocument.unreadable(
                    FaultCode.YAML,
                    Position.start(file),
                    "is YAML that cannot be read: " + e.getMessage(),
                    "write plain YAML 1.2");
        }
    }

    private static LoadSettings settings(Path file) {
        return LoadSettings.builder()
                .setLabel(file.toString())
                .setSchema(new PlainSchema())
                .setAllowDuplicateKeys(false)
                .setAllowRecursiveKeys(false)
                .setMaxAliasesForCollections(MAX_ALIASES)
                .setCodePointLimit(MAX_CHARACTERS)
                .build();
    }

    private SourceDocument document(Node root) {
        positions.put(Pointer.ROOT, position(root));
        if (value(Pointer.ROOT, root, 0) instanceof JsonObject document) {
            return new SourceDocument(file, document, positions, faults);
        }
        faults.add(position(root)
                .error(
                        FaultCode.WRONG_TYPE,
                        Pointer.ROOT,
                        "the file must hold a mapping",
                        "write version: 1 and what belongs below it"));
        return new SourceDocument(file, JsonObject.EMPTY, positions, faults);
    }

    private JsonValue value(String pointer, Node node, int depth) {
        // Aliases make a small file large: what counts is what it unfolds to.
        if (++nodes > MAX_NODES || depth > MAX_DEPTH) {
            if (faults.isEmpty()) {
                fault(
                        pointer,
                        node,
                        "is nested too deeply or unfolds to too much",
                        "write it flatter, without aliases");
            }
            return JsonNull.NULL;
        }
        if (node instanceof MappingNode mapping && mapping.getTag().equals(Tag.MAP)) {
            return mapping(pointer, mapping, depth);
        }
        if (node instanceof SequenceNode sequence && sequence.getTag().equals(Tag.SEQ)) {
            return sequence(pointer, sequence, depth);
        }
        return node instanceof ScalarNode scalar ? scalar(pointer, scalar) : tagged(pointer, node);
    }

    private JsonValue mapping(String pointer, MappingNode mapping, int depth) {
        var members = new LinkedHashMap<String, JsonValue>();
        for (var tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode name && name.getTag().equals(Tag.STR)) || isMerge(name)) {
                fault(
                        pointer,
                        tuple.getKeyNode(),
                        "a name must be a string",
                        "put it in quotes; write out by hand what << would merge");
                continue;
            }
            member(pointer, name, tuple, depth, members);
        }
        return new JsonObject(members);
    }

    private static boolean isMerge(ScalarNode name) {
        return name.getValue().equals(PlainSchema.MERGE);
    }

    private void member(String pointer, ScalarNode name, NodeTuple tuple, int depth, Map<String, JsonValue> members) {
        var place = Pointer.member(pointer, name.getValue());
        if (members.containsKey(name.getValue())) {
            faults.add(position(name)
                    .error(
                            FaultCode.DEFINED_TWICE,
                            place,
                            "is written twice; first at line " + line(place),
                            "keep one of them"));
            return;
        }
        positions.put(place, position(name));
        members.put(name.getValue(), value(place, tuple.getValueNode(), depth + 1));
    }

    private int line(String pointer) {
        var known = positions.get(pointer);
        return known == null ? 0 : known.line();
    }

    private JsonValue sequence(String pointer, SequenceNode sequence, int depth) {
        var items = new ArrayList<JsonValue>();
        for (var item : sequence.getValue()) {
            var place = Pointer.item(pointer, items.size());
            positions.put(place, position(item));
            items.add(value(place, item, depth + 1));
        }
        return new JsonArray(items);
    }

    private JsonValue scalar(String pointer, ScalarNode scalar) {
        var tag = scalar.getTag();
        if (tag.equals(Tag.STR)) {
            return text(pointer, scalar);
        } else if (tag.equals(Tag.NULL)) {
            return JsonNull.NULL;
        } else if (tag.equals(Tag.BOOL)) {
            return new JsonBoolean(scalar.getValue().equalsIgnoreCase("true"));
        } else if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            return number(pointer, scalar);
        }
        return tagged(pointer, scalar);
    }

    private JsonValue text(String pointer, ScalarNode scalar) {
        if (!YamlNumber.isWellFormed(scalar.getValue())) {
            fault(pointer, scalar, "contains an unpaired surrogate", "write the complete character");
        }
        return new JsonString(scalar.getValue());
    }

    private JsonValue number(String pointer, ScalarNode scalar) {
        return YamlNumber.read(scalar.getValue())
                .<JsonValue>map(number -> number)
                .orElseGet(() -> {
                    fault(
                            pointer,
                            scalar,
                            "is a number that JSON cannot express",
                            "write plain decimal digits, or a quoted string: \"" + scalar.getValue() + "\"");
                    return JsonNull.NULL;
                });
    }

    private JsonValue tagged(String pointer, Node node) {
        fault(pointer, node, "has a tag, " + node.getTag(), "write it without the tag");
        return JsonNull.NULL;
    }

    private void fault(String pointer, Node at, String message, String remedy) {
        faults.add(position(at).error(FaultCode.YAML, pointer, message, remedy));
    }

    private Position position(Node node) {
        return node.getStartMark()
                .map(mark -> new Position(file, mark.getLine() + 1, mark.getColumn() + 1))
                .orElse(Position.start(file));
    }
}
