// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.parts;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.FileTrouble;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What DynamoDB Local is made of, beyond what the program has itself: written by {@code release/archive} from what
 * Maven had resolved and verified, so that nobody between a repository and this machine decides what is loaded.
 *
 * @param repository the Maven repository that has all of it
 * @param id changes with the list
 */
record PartList(URI repository, String id, List<Part> parts) {
    static final String FILE = "dynamodb-local.list";

    PartList {
        parts = List.copyOf(parts);
    }

    /** Present in an archive only. */
    static Optional<PartList> besideTheProgram() throws Complaint {
        var file = program().resolveSibling(FILE);
        return Files.isRegularFile(file) ? Optional.of(read(file)) : Optional.empty();
    }

    /** The first line is the address of the repository, each further one a {@link Part}. */
    static PartList read(Path file) throws Complaint {
        try {
            var octets = Files.readAllBytes(file);
            var lines = new String(octets, StandardCharsets.UTF_8).lines().toList();
            return new PartList(
                    new URI(lines.get(0)),
                    HexFormat.of().formatHex(sha256().digest(octets)).substring(0, 16),
                    lines.stream().skip(1).map(Part::parse).toList());
        } catch (IOException fault) {
            throw Complaint.refused(
                    file + " cannot be read: " + FileTrouble.words(fault) + ".",
                    "Unpack the archive of Taskbound again.");
        } catch (URISyntaxException | IllegalArgumentException | IndexOutOfBoundsException damaged) {
            throw Complaint.refused(file + " is damaged.", "Unpack the archive of Taskbound again.");
        }
    }

    long size() {
        return parts.stream().mapToLong(Part::size).sum();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Path program() {
        try {
            return Path.of(PartList.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new UncheckedIOException(new IOException(impossible));
        }
    }
}
