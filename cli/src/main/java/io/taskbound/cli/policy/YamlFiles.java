// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policy;

import io.taskbound.policy.FaultCode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The YAML files of a policy or of its tests: one, or all {@code .yaml} and {@code .yml} files of a folder. */
public final class YamlFiles {
    private static final int MAX_FILES = 500;

    private YamlFiles() {}

    /** In the order of their names; what lies deeper in the folder, and what a dot hides, is not among them. */
    public static List<Path> in(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (var entries = Files.list(path)) {
            var files = entries.filter(YamlFiles::isYaml).sorted().toList();
            if (files.size() > MAX_FILES) {
                throw new IOException("more than " + MAX_FILES + " files");
            }
            return files;
        }
    }

    private static boolean isYaml(Path file) {
        var name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return Files.isRegularFile(file) && !name.startsWith(".") && (name.endsWith(".yaml") || name.endsWith(".yml"));
    }

    /** Never throws for what is in the file: that is a fault. */
    public static SourceDocument read(Path file) throws IOException {
        if (Files.size(file) > YamlReader.MAX_CHARACTERS) {
            return SourceDocument.unreadable(
                    FaultCode.FILE, Position.start(file), "is larger than 4 MB", "split it into a folder");
        }
        try {
            return YamlReader.read(file, Files.readString(file));
        } catch (CharacterCodingException notUtf8) {
            return SourceDocument.unreadable(FaultCode.FILE, Position.start(file), "is not UTF-8", "save it as UTF-8");
        }
    }
}
