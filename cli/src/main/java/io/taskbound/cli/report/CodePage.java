// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code docs/policy-codes.md}, which the build puts beside this class: a heading and a paragraph for each code. */
public final class CodePage {
    private static final String HEADING = "### `";

    private final Map<String, String> paragraphs = new LinkedHashMap<>();

    public CodePage() {
        var code = "";
        for (var line : text().lines().toList()) {
            if (line.startsWith(HEADING)) {
                code = line.substring(HEADING.length(), line.length() - 1);
            } else if (line.startsWith("#")) {
                code = "";
            } else if (!code.isEmpty() && !line.isBlank()) {
                paragraphs.merge(code, line, (first, more) -> first + " " + more);
            }
        }
    }

    private static String text() {
        try (InputStream in = CodePage.class.getResourceAsStream("policy-codes.md")) {
            if (in == null) {
                throw new IllegalStateException("policy-codes.md is not in this jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException brokenJar) {
            throw new UncheckedIOException(brokenJar);
        }
    }

    public Optional<String> paragraph(String code) {
        return Optional.ofNullable(paragraphs.get(code));
    }

    public List<String> codes() {
        return List.copyOf(paragraphs.keySet());
    }
}
