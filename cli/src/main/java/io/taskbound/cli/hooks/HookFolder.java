// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.hooks;

import io.taskbound.cli.terminal.PrivateFile;
import io.taskbound.hook.HookSecret;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.JsonValue;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.task.HookName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The secrets of hooks in the data folder of {@code serve}: {@code hooks/NAME.json}, for its owner alone, as the
 * signing key is. A file is replaced whole, so that a reader sees it before or after a change.
 */
public final class HookFolder {
    private static final String ENDING = ".json";

    private final Path data;
    private final Path folder;

    /** @param data the folder of {@code serve --data} */
    public HookFolder(Path data) {
        this.data = data;
        this.folder = data.resolve("hooks");
    }

    /** A secret and what is known of it; silent in {@link #toString}. */
    record Entry(KeptSecret about, String secret) {
        @Override
        public String toString() {
            return "Entry[" + about.id() + "]";
        }
    }

    /**
     * The active secrets of a hook.
     *
     * @throws IOException when there is a file that cannot be read
     */
    public List<HookSecret> active(HookName hook) throws IOException {
        return read(hook).stream().map(entry -> HookSecret.of(entry.secret())).toList();
    }

    /** @throws NoSuchFileException when there is no data folder, which is then most likely a misspelt one */
    Map<HookName, List<KeptSecret>> all() throws IOException {
        if (!Files.isDirectory(data)) {
            throw new NoSuchFileException(data.toString());
        }
        var all = new TreeMap<HookName, List<KeptSecret>>(Comparator.comparing(HookName::value));
        if (!Files.isDirectory(folder)) {
            return all;
        }
        for (var hook : names()) {
            all.put(hook, read(hook).stream().map(Entry::about).toList());
        }
        return all;
    }

    private List<HookName> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ENDING))
                    .map(name -> name.substring(0, name.length() - ENDING.length()))
                    .filter(HookName::isValid)
                    .map(HookName::new)
                    .collect(Collectors.toList());
        }
    }

    List<Entry> read(HookName hook) throws IOException {
        try {
            var file = StrictJson.parseObject(Files.readAllBytes(file(hook)));
            var entries = new ArrayList<Entry>();
            for (var item : file.array("secrets").orElse(JsonArray.EMPTY).items()) {
                entries.add(entry((JsonObject) item));
            }
            return entries;
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (MalformedJson | ClassCastException | IllegalArgumentException | DateTimeException notOurs) {
            // The cause is left out on purpose: parsers quote what they read.
            throw new IOException("not a file of hooks' secrets");
        }
    }

    private static Entry entry(JsonObject item) {
        var text = item.string("secret").filter(secret -> !secret.isEmpty());
        return new Entry(
                new KeptSecret(needed(item, "id"), Instant.parse(needed(item, "made")), needed(item, "by")),
                text.orElseThrow(IllegalArgumentException::new));
    }

    private static String needed(JsonObject item, String member) {
        return item.string(member).orElseThrow(IllegalArgumentException::new);
    }

    void write(HookName hook, List<Entry> entries) throws IOException {
        PrivateFile.folder(folder);
        var secrets = entries.stream()
                .<JsonValue>map(entry -> JsonObject.builder()
                        .put("id", entry.about().id())
                        .put("made", entry.about().made().toString())
                        .put("by", entry.about().by())
                        .put("secret", entry.secret())
                        .build())
                .toList();
        PrivateFile.write(
                file(hook),
                JsonText.of(JsonObject.builder()
                                .put("secrets", new JsonArray(secrets))
                                .build()) + "\n");
    }

    private Path file(HookName hook) {
        return folder.resolve(hook + ENDING);
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
