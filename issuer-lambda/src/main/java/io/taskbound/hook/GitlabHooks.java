// SPDX-License-Identifier: Apache-2.0
package io.taskbound.hook;

import io.taskbound.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * GitLab: Job Hook and Pipeline Hook, with the secret itself in {@code X-Gitlab-Token}. A job that is retried gets
 * another id, but stays in its pipeline, which then runs again: so a pipeline's end is never permanent.
 */
final class GitlabHooks implements HookSystem {
    private static final Set<String> ENDS_OF_A_JOB = Set.of("success", "failed", "canceled");
    private static final Set<String> ENDS_OF_A_PIPELINE = Set.of("success", "failed", "canceled", "skipped");

    @Override
    public Optional<String> flaw(Delivery delivery, List<HookSecret> secrets, Instant now) {
        var token = delivery.header("x-gitlab-token");
        if (token.isEmpty()) {
            return Optional.of("no X-Gitlab-Token");
        }
        return Signatures.isOneOf(secrets, token.get())
                ? Optional.empty()
                : Optional.of("X-Gitlab-Token is not an active secret");
    }

    @Override
    public HookEvent read(Delivery delivery, JsonObject event) throws MalformedEvent {
        var fields = new EventFields(event);
        var kind = fields.text("object_kind").orElse("");
        if (kind.equals("build")) {
            return ENDS_OF_A_JOB.contains(fields.text("build_status").orElse(""))
                    ? job(fields)
                    : new HookEvent.Other("job not finished yet");
        }
        if (kind.equals("pipeline")) {
            return ENDS_OF_A_PIPELINE.contains(
                            fields.text("object_attributes.status").orElse(""))
                    ? pipeline(fields)
                    : new HookEvent.Other("pipeline not finished yet");
        }
        return new HookEvent.Other("another kind of event");
    }

    private static HookEvent job(EventFields fields) throws MalformedEvent {
        if (fields.text("build_started_at").isEmpty()) {
            return new HookEvent.Other("job never started");
        }
        var project = fields.neededId("project_id");
        var claims = JsonObject.builder()
                .put("project_id", project)
                .put("pipeline_id", fields.neededId("pipeline_id"))
                .put("job_id", fields.neededId("build_id"))
                .build();
        var at = fields.neededTime("build_finished_at_iso", "build_finished_at");
        return new Ended(Optional.empty(), project, List.of(claims), true, at, true);
    }

    private static HookEvent pipeline(EventFields fields) throws MalformedEvent {
        if (fields.text("object_attributes.finished_at").isEmpty()) {
            return new HookEvent.Other("pipeline without an end");
        }
        var project = fields.neededId("project.id");
        var claims = JsonObject.builder()
                .put("project_id", project)
                .put("pipeline_id", fields.neededId("object_attributes.id"))
                .build();
        var at = fields.neededTime("object_attributes.finished_at");
        return new Ended(Optional.empty(), project, List.of(claims), false, at, false);
    }
}
