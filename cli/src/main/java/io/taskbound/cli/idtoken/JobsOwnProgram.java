// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.idtoken;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.client.IdToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The program by which a job of Buildkite or CircleCI asks for a new ID token, for an audience of its choice. It is
 * started as it is, without a shell.
 */
record JobsOwnProgram(CiSystem system, CommandContext context) implements IdTokenSource {

    /** Empty where the system has none. */
    static Optional<IdTokenSource> of(CiSystem system, CommandContext context) {
        return words(system).isEmpty() ? Optional.empty() : Optional.of(new JobsOwnProgram(system, context));
    }

    /** The program, and what it is asked. */
    private static List<String> words(CiSystem system) {
        return switch (system) {
            case BUILDKITE -> List.of("buildkite-agent", "oidc", "request-token");
            case CIRCLECI -> List.of("circleci", "run", "oidc", "get");
            default -> List.of();
        };
    }

    /** With the two ids of Buildkite, which nobody else can get, where a name can be had again after its owner left. */
    List<String> line(String audience) {
        var line = new ArrayList<>(words(system));
        line.addAll(
                system == CiSystem.BUILDKITE
                        ? List.of("--audience", audience, "--claim", "organization_id", "--claim", "pipeline_id")
                        : List.of("--claims", "{\"aud\": " + quoted(audience) + "}"));
        return List.copyOf(line);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    @Override
    public IdToken fetch(String audience) throws Complaint {
        var asked = "`" + String.join(" ", words(system)) + "`";
        try {
            var printed = new IdTokenProgram(line(audience), context).run(audience);
            if (printed.exitCode() != 0) {
                throw Complaint.refused(
                        asked + " ended with exit code " + printed.exitCode() + ".", "Its error output is above.");
            }
            return IdTokenText.checked(printed.text(), "What " + asked + " printed");
        } catch (IOException notFound) {
            throw Complaint.refused(
                    "No ID token: " + words(system).get(0) + " was not found in the PATH.", system.advice(audience));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw Complaint.refused("Interrupted while " + asked + " ran.", "Run it again.");
        }
    }
}
