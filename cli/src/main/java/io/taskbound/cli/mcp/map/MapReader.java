// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.map;

import io.taskbound.cli.policy.DocumentFields;
import io.taskbound.cli.policy.LocatedFault;
import io.taskbound.cli.policy.SourceDocument;
import io.taskbound.json.JsonNumber;
import io.taskbound.policy.FaultCode;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a map. Every fault of it is found at once. */
final class MapReader {
    private static final int MAX_TOOLS = 200;
    private static final String URL = "url";
    private static final String PROOF = "proof";
    private static final String REQUIRED = "required";
    private static final String SERVER = "server";
    private static final String TOOLS = "tools";

    private final SourceDocument source;
    private final List<LocatedFault> faults = new ArrayList<>();

    private MapReader(SourceDocument source) {
        this.source = source;
    }

    static MapFile read(SourceDocument source) {
        return source.faults().isEmpty() ? new MapReader(source).read() : new MapFile.Faulty(source.faults());
    }

    private MapFile read() {
        var root = DocumentFields.of(source, faults, "version", URL, PROOF, SERVER, TOOLS);
        version(root);
        var url = url(root);
        var proof = root.text(PROOF);
        proof(root, proof);
        root.requires(SERVER, "{command: [\"…\"]} or {url: https://…}");
        var server = root.inner(SERVER, ServerReader.FIELDS).flatMap(fields -> new ServerReader(fields).read());
        var tools = tools(root);
        return faults.isEmpty()
                ? new MapFile.Good(new GatewayMap(
                        url.orElseThrow(), proof.equals(Optional.of(REQUIRED)), server.orElseThrow(), tools))
                : new MapFile.Faulty(faults.stream().distinct().toList());
    }

    private static void version(DocumentFields root) {
        root.requires("version", "1");
        if (root.value("version")
                .filter(value -> !(value instanceof JsonNumber number)
                        || number.wholeNumber().orElse(0) != 1)
                .isPresent()) {
            root.fault(FaultCode.BAD_VALUE, "version", "version must be 1", "write version: 1");
        }
    }

    private static Optional<URI> url(DocumentFields root) {
        root.requires(URL, "https://tickets.acme.example/mcp");
        var text = root.text(URL);
        if (text.filter(url -> url.length() > MapForm.MAX_TEXT
                        || !MapForm.URL.matcher(url).matches())
                .isPresent()) {
            root.fault(
                    FaultCode.BAD_VALUE,
                    URL,
                    "url must be https and a host in small letters, with a path or without, and no slash at its end",
                    "write it like https://tickets.acme.example/mcp; http on this machine only, for tests");
            return Optional.empty();
        }
        return text.map(URI::create);
    }

    private static void proof(DocumentFields root, Optional<String> proof) {
        if (proof.filter(word -> !word.equals(REQUIRED) && !word.equals("optional"))
                .isPresent()) {
            root.fault(
                    FaultCode.BAD_VALUE,
                    PROOF,
                    "proof must be optional or required",
                    "write required where the policy's resource server has proof: required; without it, optional");
        }
    }

    private static Map<String, ToolRule> tools(DocumentFields root) {
        root.requires(TOOLS, "with an entry for each tool that may be called");
        var entries = root.mapping(TOOLS);
        if (root.has(TOOLS) && (entries.isEmpty() || entries.size() > MAX_TOOLS)) {
            root.fault(
                    FaultCode.BAD_LENGTH,
                    TOOLS,
                    "a map has 1 to " + MAX_TOOLS + " tools",
                    "write an entry for each tool that may be called");
        }
        entries.keySet().stream()
                .filter(name -> !MapForm.TOOL.matcher(name).matches())
                .forEach(name -> root.fault(
                        FaultCode.BAD_NAME,
                        TOOLS,
                        "the name of a tool must be 1 to 128 letters, digits and _./-",
                        "write it as the server lists it"));
        var tools = new LinkedHashMap<String, ToolRule>();
        root.entries(TOOLS, ToolReader.FIELDS)
                .forEach((name, fields) -> new ToolReader(fields).read().ifPresent(tool -> tools.put(name, tool)));
        return tools;
    }
}
