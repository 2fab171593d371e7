// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.map;

import io.taskbound.cli.policy.DocumentFields;
import io.taskbound.policy.FaultCode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what is behind the gateway. */
final class ServerReader {
    static final String[] FIELDS = {"url", "headers", "command", "environment"};

    private static final String URL = "url";
    private static final String HEADERS = "headers";
    private static final String COMMAND = "command";
    private static final String ENVIRONMENT = "environment";
    private static final String FILE = "file";
    private static final String VARIABLE = "variable";
    private static final int MAX_SECRETS = 16;

    /** Set by the gateway itself, or by HTTP. */
    private static final Set<String> OWN_HEADERS = Set.of(
            "accept",
            "accept-encoding",
            "connection",
            "content-length",
            "content-type",
            "expect",
            "host",
            "mcp-method",
            "mcp-name",
            "mcp-protocol-version",
            "mcp-session-id",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private final DocumentFields fields;

    ServerReader(DocumentFields fields) {
        this.fields = fields;
    }

    Optional<ServerPlace> read() {
        if (fields.has(URL) == fields.has(COMMAND)) {
            fields.fault(
                    FaultCode.MISSING_FIELD,
                    "",
                    "the server is either a command or a url",
                    "write command: [\"…\"] for a program that the gateway starts, or url: https://…");
        }
        goesWith(HEADERS, URL);
        goesWith(ENVIRONMENT, COMMAND);
        var url = url();
        var headers = secrets(HEADERS, MapForm.HEADER, "1 to 64 letters, digits and -");
        headers.keySet().stream()
                .filter(name -> OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT)))
                .forEach(name -> fields.fault(
                        FaultCode.BAD_NAME,
                        HEADERS,
                        name + " is written by the gateway itself",
                        "remove it; a credential is mostly in Authorization"));
        var command = command();
        var environment = secrets(ENVIRONMENT, MapForm.VARIABLE, "1 to 64 letters, digits and _, not first a digit");
        return fields.has(URL)
                ? url.map(address -> new ServerPlace.Address(address, headers))
                : Optional.of(command)
                        .filter(words -> !words.isEmpty())
                        .map(words -> new ServerPlace.Program(words, environment));
    }

    private void goesWith(String field, String other) {
        if (fields.has(field) && !fields.has(other)) {
            fields.fault(
                    FaultCode.UNKNOWN_FIELD, field, field + " goes with " + other + " alone", "remove one of the two");
        }
    }

    private Optional<URI> url() {
        var text = fields.text(URL);
        if (text.filter(url -> url.length() > MapForm.MAX_TEXT
                        || !MapForm.SERVER_URL.matcher(url).matches())
                .isPresent()) {
            fields.fault(
                    FaultCode.BAD_VALUE,
                    URL,
                    "url must be http or https, a host in small letters and perhaps a port and a path",
                    "write it like https://mcp.internal.example/mcp");
            return Optional.empty();
        }
        return text.map(URI::create);
    }

    private List<String> command() {
        var words = fields.texts(COMMAND);
        if (words.stream()
                .anyMatch(word -> word.isEmpty() || word.length() > MapForm.MAX_TEXT || word.contains("\0"))) {
            fields.fault(
                    FaultCode.BAD_VALUE,
                    COMMAND,
                    "a word of the command must have 1 to " + MapForm.MAX_TEXT + " characters",
                    "write the program and its arguments as a list: [python3, server.py]");
        }
        return words;
    }

    private Map<String, SecretPlace> secrets(String field, Pattern form, String inWords) {
        var names = fields.mapping(field).keySet();
        if (fields.has(field) && (names.isEmpty() || names.size() > MAX_SECRETS)) {
            fields.fault(
                    FaultCode.BAD_LENGTH,
                    field,
                    field + " has 1 to " + MAX_SECRETS + " entries",
                    "write NAME: {file: PATH}, or remove it");
        }
        names.stream()
                .filter(name -> !form.matcher(name).matches())
                .forEach(name -> fields.fault(
                        FaultCode.BAD_NAME, field, "a name here must be " + inWords, "write it so that it is sent"));
        var places = new LinkedHashMap<String, SecretPlace>();
        fields.entries(field, FILE, VARIABLE)
                .forEach((name, entry) -> place(entry).ifPresent(place -> places.put(name, place)));
        return places;
    }

    private static Optional<SecretPlace> place(DocumentFields entry) {
        if (entry.has(FILE) == entry.has(VARIABLE)) {
            entry.fault(
                    FaultCode.MISSING_FIELD,
                    "",
                    "a secret is in a file or in a variable of the environment, never in the map",
                    "write {file: PATH} or {variable: NAME}");
        }
        var file = entry.text(FILE);
        if (file.filter(path -> path.length() > MapForm.MAX_TEXT || path.contains("\0"))
                .isPresent()) {
            entry.fault(
                    FaultCode.BAD_VALUE,
                    FILE,
                    "a path has at most " + MapForm.MAX_TEXT + " characters",
                    "write a shorter one");
        }
        var variable = entry.text(VARIABLE);
        if (variable.filter(name -> !MapForm.VARIABLE.matcher(name).matches()).isPresent()) {
            entry.fault(
                    FaultCode.BAD_VALUE,
                    VARIABLE,
                    "a variable has 1 to 64 letters, digits and _, not first a digit",
                    "write its name without a dollar sign");
        }
        return file.<SecretPlace>map(SecretPlace.InFile::new).or(() -> variable.map(SecretPlace.InVariable::new));
    }
}
