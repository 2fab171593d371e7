// SPDX-License-Identifier: Apache-2.0
package io.taskbound.hook;

import io.taskbound.json.JsonObject;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * CircleCI: {@code job-completed} and {@code workflow-completed}, signed in {@code circleci-signature}. A re-run is
 * another workflow with other jobs, so both ends are permanent.
 */
final class CircleciHooks implements HookSystem {
    private static final String VERSION = "v1=";
    private static final String CLAIM = "oidc.circleci.com/";

    @Override
    public Optional<String> flaw(Delivery delivery, List<HookSecret> secrets, Instant now) {
        // A list of versions, of which v1 is the only one yet; an unknown one is skipped.
        var signature = Arrays.stream(
                        delivery.header("circleci-signature").orElse("").split(",", -1))
                .map(String::strip)
                .filter(part -> part.startsWith(VERSION))
                .findFirst()
                .flatMap(part -> Signatures.hex(part.substring(VERSION.length())));
        if (signature.isEmpty()) {
            return Optional.of("no circleci-signature of the form v1=<64 hex digits>");
        }
        return Signatures.signed(secrets, signature.get(), delivery.body())
                ? Optional.empty()
                : Optional.of("circleci-signature is not of this body and an active secret");
    }

    @Override
    public HookEvent read(Delivery delivery, JsonObject event) throws MalformedEvent {
        var fields = new EventFields(event);
        return switch (fields.text("type").orElse("")) {
            case "job-completed" -> ended(fields, true);
            case "workflow-completed" -> ended(fields, false);
            default -> new HookEvent.Other("another kind of event");
        };
    }

    private static Ended ended(EventFields fields, boolean ofJob) throws MalformedEvent {
        var project = fields.neededId("project.id");
        var claims = JsonObject.builder()
                .put(CLAIM + "project-id", project)
                .put(CLAIM + "workflow-id", fields.neededId("workflow.id"));
        if (ofJob) {
            claims.put(CLAIM + "job-id", fields.neededId("job.id"));
        }
        var at = fields.neededTime(ofJob ? "job.stopped_at" : "workflow.stopped_at", "happened_at");
        return new Ended(fields.id("organization.id"), project, List.of(claims.build()), ofJob, at, true);
    }
}
