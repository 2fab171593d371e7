// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.controls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What is made of {@code docs/controls.yaml}: a page for people, and a component definition for tools. Written by
 * {@code tools/controls}.
 */
final class ControlsDocuments {
    static final String PAGE = "controls.md";
    static final String COMPONENT = "component-definition.json";

    private ControlsDocuments() {}

    /** Argument: the folder of the documents. */
    public static void main(String[] args) throws IOException {
        var controls = Controls.built();
        if (!controls.faults().isEmpty()) {
            throw new IllegalStateException(String.join("\n", controls.faults()));
        }
        var docs = Path.of(args[0]);
        Files.writeString(docs.resolve(PAGE), new ControlsPage(controls).text());
        Files.writeString(docs.resolve(COMPONENT), new ComponentDefinition(controls).text());
    }
}
