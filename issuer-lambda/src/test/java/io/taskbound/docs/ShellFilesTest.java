// SPDX-License-Identifier: Apache-2.0
package io.taskbound.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No pipe of a Bash script ends in a reader that stops early. What still writes into it is then ended by a signal, and
 * with {@code pipefail} that is the pipe's result: a check that found what it looked for fails, now and then.
 */
class ShellFilesTest {
    private static final Pattern STOPS_EARLY = Pattern.compile(
            "(?<!\\|)\\|(?!\\|)\\s*(grep(\\s+-\\w+)*\\s+-(\\w*[qm]|-quiet|-max-count)|head\\b|sed\\s+(-n\\s+)?['\"]?[0-9]*q)");
    private static final Pattern BASH =
            Pattern.compile("^#!/usr/bin/env bash|^# shellcheck shell=bash", Pattern.MULTILINE);

    @Test
    void noPipeEndsInAReaderThatStopsEarly() {
        var scripts = scripts();
        assertThat(scripts).map(Path::toString).anyMatch(name -> name.endsWith("release/dry-run.d/archive"));
        for (var script : scripts) {
            assertThat(STOPS_EARLY.matcher(Tree.text(script)).results().map(hit -> hit.group()))
                    .as("%s", script)
                    .isEmpty();
        }
    }

    /** Those that fail with their pipes, and what they read in. */
    private static List<Path> scripts() {
        return Tree.files().stream()
                .filter(file -> !file.getFileName().toString().contains("."))
                .filter(file -> {
                    var text = Tree.bytes(file);
                    return BASH.matcher(text).find() && (text.contains("pipefail") || text.contains("# Sourced by"));
                })
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gzip -dc page.gz | grep -q '^[.]TH'",
                "jar --describe-module | grep -i -q name",
                "find . | head -n 1",
                "java -version 2>&1 | sed -n 1q",
                "ls |\n  grep -m 1 x"
            })
    void thePatternFindsOne(String line) {
        assertThat(STOPS_EARLY.matcher(line).find()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grep -q x file || exit 1",
                "grep -q x <<<\"$said\"",
                "ls | grep x",
                "a || head -n 1 file; ls | sort -u"
            })
    void thePatternLeavesTheSafeFormsAlone(String line) {
        assertThat(STOPS_EARLY.matcher(line).find()).isFalse();
    }
}
