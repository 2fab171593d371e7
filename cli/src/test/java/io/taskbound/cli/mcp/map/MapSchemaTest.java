// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.map;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.taskbound.cli.policy.LocatedFault;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonBoolean;
import io.taskbound.json.JsonNull;
import io.taskbound.json.JsonNumber;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonText;
import io.taskbound.json.JsonValue;
import io.taskbound.json.StrictJson;
import io.taskbound.policy.FaultCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an editor accepts by contract/mcp.schema.json and what the reader accepts as a shape are the same. */
class MapSchemaTest {
    private static final Path ROOT =
            Path.of(Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root"));
    private static final int ROUNDS = Integer.getInteger("taskbound.schema.rounds", 1_500);

    /** Faults of what the parts mean together, of which a schema knows nothing. */
    private static final Set<FaultCode> MEANING =
            Set.of(FaultCode.NOT_UNIQUE, FaultCode.UNKNOWN_NAME, FaultCode.DEFINED_TWICE, FaultCode.BAD_PATTERN);

    private static final List<String> FULL = List.of("""
            {"version": 1, "url": "https://tickets.acme.example:8443/mcp", "proof": "required",
             "server": {"url": "https://mcp.internal.example/mcp",
              "headers": {"Authorization": {"file": "/run/secrets/x"}, "X-Key": {"variable": "KEY"}}},
             "tools": {
              "read_ticket": {"action": "read", "identifier": "ticket:{id}", "arguments": {"id": "digits"}},
              "a.b/c": {"action": "w:x", "identifier": "p:{p}/{n}", "unchecked": ["q"],
               "arguments": {"p": {"is": "hex"}, "n": "integer", "q": "name", "s": ["open", "closed"],
                "t": {"is": "text", "optional": true}},
               "definition_sha256": "%s"}}}
            """.formatted("ab".repeat(32)), """
            {"version": 1, "url": "http://127.0.0.1:8765",
             "server": {"command": ["python3", "server.py"], "environment": {"KEY": {"file": "k"}}},
             "tools": {"t": {"action": "read", "identifier": "everything"}}}
            """);

    /** Put in place of any value. */
    private static final List<JsonValue> STRANGE = List.of(
            JsonNull.NULL,
            new JsonBoolean(true),
            JsonArray.EMPTY,
            JsonObject.EMPTY,
            new JsonString(""),
            new JsonString(" "),
            new JsonString("a"),
            new JsonString("A b"),
            new JsonString("https://x.example/"),
            new JsonString("http://x.example/mcp/"),
            new JsonString("http://[::1]:8080"),
            new JsonString("{id}-{id}"),
            new JsonString("{1}"),
            new JsonString("integer"),
            new JsonString("ab".repeat(32)),
            new JsonString("x".repeat(65)),
            new JsonString("x".repeat(513)),
            new JsonArray(List.of(new JsonString("GET"), new JsonString("GET"))),
            new JsonArray(List.of(new JsonString("a"), JsonNull.NULL)));

    private static final List<String> NAMES =
            List.of("version", "file", "headers", "command", "optional", "HOST", "x.y", "9x", "a b");

    @TempDir
    private Path folder;

    private final SplittableRandom random = new SplittableRandom(16);

    @Test
    void schemaAndReaderAgree() throws Exception {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(ROOT.resolve("contract/mcp.schema.json")));
        int valid = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var full = StrictJson.parseObject(FULL.get(round % FULL.size()).getBytes(StandardCharsets.UTF_8));
            assertThat(faults(full)).isEmpty();
            var changed = changed(full);
            if (!(changed instanceof JsonObject document)) {
                continue;
            }
            var text = JsonText.of(document);
            boolean accepted = schema.validate(text, InputFormat.JSON).isEmpty();
            var faults = faults(document);
            assertThat(faults.stream()
                            .filter(fault -> !MEANING.contains(fault.fault().code()))
                            .toList())
                    .as(text)
                    .matches(shape -> shape.isEmpty() == accepted, "schema says " + accepted);
            valid += accepted ? 1 : 0;
        }
        assertThat(valid).as("documents that both accept").isBetween(ROUNDS / 50, ROUNDS / 2);
    }

    private List<LocatedFault> faults(JsonObject document) throws Exception {
        // What YAML says in JSON is YAML.
        var file = Files.writeString(folder.resolve("map.yaml"), JsonText.of(document));
        return MapFile.read(file).match(map -> List.of(), faults -> faults);
    }

    /** The same with one thing changed, removed, added or doubled. */
    private JsonValue changed(JsonValue value) {
        if (value instanceof JsonObject object && !object.members().isEmpty() && random.nextInt(6) > 0) {
            return member(object);
        }
        if (value instanceof JsonArray array && !array.items().isEmpty() && random.nextInt(4) > 0) {
            return item(array);
        }
        return value instanceof JsonNumber && random.nextBoolean()
                ? new JsonString("1")
                : STRANGE.get(random.nextInt(STRANGE.size()));
    }

    private JsonValue member(JsonObject object) {
        var members = new LinkedHashMap<>(object.members());
        var names = List.copyOf(members.keySet());
        var name = names.get(random.nextInt(names.size()));
        switch (random.nextInt(8)) {
            case 0 -> members.remove(name);
            case 1 -> members.put(NAMES.get(random.nextInt(NAMES.size())), STRANGE.get(random.nextInt(STRANGE.size())));
            default -> members.put(name, changed(members.get(name)));
        }
        return new JsonObject(members);
    }

    private JsonValue item(JsonArray array) {
        var items = new ArrayList<>(array.items());
        int at = random.nextInt(items.size());
        switch (random.nextInt(6)) {
            case 0 -> items.remove(at);
            case 1 -> items.add(items.get(at));
            default -> items.set(at, changed(items.get(at)));
        }
        return new JsonArray(items);
    }
}
