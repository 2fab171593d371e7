// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.controls;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.FileTrouble;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** Where the proof of this program's build is: in the reports of a checkout, or in the file that an archive carries. */
final class BuiltHere {
    private static final String IN_AN_ARCHIVE = "../share/controls-proof.json";

    private BuiltHere() {}

    static Optional<Proof> proof(Collection<Control> controls, String version) throws Complaint {
        var program = program();
        var archived = program.resolveSibling(IN_AN_ARCHIVE).normalize();
        if (Files.isRegularFile(archived)) {
            return Optional.of(read(archived));
        }
        // cli/target/taskbound.jar, or the folder cli/target/classes of a build.
        var root = program.resolve("../../..").normalize();
        if (!Files.isRegularFile(root.resolve("docs/controls.yaml"))) {
            return Optional.empty();
        }
        try {
            return Reports.read(root, Instant.MIN).proof(version, controls);
        } catch (IOException fault) {
            throw unreadable(root, fault);
        }
    }

    static Proof read(Path file) throws Complaint {
        try {
            return Proof.parse(Files.readString(file));
        } catch (IOException fault) {
            throw unreadable(file, fault);
        } catch (IllegalArgumentException damaged) {
            throw Complaint.refused(
                    file + " is not the proof of a build.",
                    "Name the controls-proof.json of a release, or of release/target.");
        }
    }

    private static Complaint unreadable(Path file, IOException fault) {
        return Complaint.refused(
                file + " cannot be read: " + FileTrouble.words(fault) + ".", "Check its name and who may read it.");
    }

    private static Path program() {
        try {
            return Path.of(BuiltHere.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
