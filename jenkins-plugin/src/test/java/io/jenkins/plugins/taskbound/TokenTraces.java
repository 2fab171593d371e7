// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * Searches for a token: as it is, for what makes it valuable alone (its signature), and in what programs make of it.
 * Finds them by code of its own, not by the plugin's masks.
 */
final class TokenTraces {
    private final List<String> forms;

    TokenTraces(String token) {
        String signature = token.substring(token.lastIndexOf('.') + 1);
        this.forms = Stream.of(Stream.of(token, signature), base64(token), base64(signature))
                .flatMap(some -> some)
                .toList();
    }

    /** Whatever stands before and after it: its middle bytes, at each of the three places in a group. */
    private static Stream<String> base64(String text) {
        return Stream.of(0, 1, 2).flatMap(skip -> {
            byte[] middle =
                    text.substring(skip, skip + (text.length() - skip) / 3 * 3).getBytes(StandardCharsets.UTF_8);
            return Stream.of(
                    Base64.getEncoder().encodeToString(middle),
                    Base64.getUrlEncoder().encodeToString(middle));
        });
    }

    void assertNoneIn(String text) {
        assertThat(forms).noneMatch(text::contains);
    }

    /** In every file there is. */
    void assertNoneBelow(Path folder) throws IOException {
        var search = new Search();
        Files.walkFileTree(folder, search);
        assertThat(search.seen).as("files that were read").isPositive();
        assertThat(search.found).isEmpty();
    }

    private final class Search extends SimpleFileVisitor<Path> {
        private final List<Path> found = new ArrayList<>();
        private int seen;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            try {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                seen++;
                if (forms.stream().anyMatch(content::contains)) {
                    found.add(file);
                }
            } catch (NoSuchFileException e) {
                return visitFileFailed(file, e);
            }
            return FileVisitResult.CONTINUE;
        }

        /** Jenkins at work deletes files while we look. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }
    }
}
