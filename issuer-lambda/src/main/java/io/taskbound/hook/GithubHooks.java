// SPDX-License-Identifier: Apache-2.0
package io.taskbound.hook;

import io.taskbound.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * GitHub: {@code workflow_job} and {@code workflow_run}, each when {@code completed}, signed in
 * {@code X-Hub-Signature-256}. An attempt of a run, and a job, never run again: a re-run has a number of its own.
 */
final class GithubHooks implements HookSystem {
    private static final String SCHEME = "sha256=";
    private static final String CHECK_RUNS = "/check-runs/";

    @Override
    public Optional<String> flaw(Delivery delivery, List<HookSecret> secrets, Instant now) {
        var signature = delivery.header("x-hub-signature-256")
                .filter(value -> value.startsWith(SCHEME))
                .flatMap(value -> Signatures.hex(value.substring(SCHEME.length())));
        if (signature.isEmpty()) {
            return Optional.of("no X-Hub-Signature-256 of the form sha256=<64 hex digits>");
        }
        return Signatures.signed(secrets, signature.get(), delivery.body())
                ? Optional.empty()
                : Optional.of("X-Hub-Signature-256 is not of this body and an active secret");
    }

    @Override
    public HookEvent read(Delivery delivery, JsonObject event) throws MalformedEvent {
        var kind = delivery.header("x-github-event").orElse("");
        if (kind.equals("ping")) {
            return new HookEvent.Other("ping");
        }
        if (!kind.equals("workflow_job") && !kind.equals("workflow_run")) {
            return new HookEvent.Other("another kind of event");
        }
        var fields = new EventFields(event);
        if (!fields.text("action").orElse("").equals("completed")) {
            return new HookEvent.Other("not completed yet");
        }
        return kind.equals("workflow_job") ? job(fields) : run(fields);
    }

    private static Ended job(EventFields fields) throws MalformedEvent {
        var runId = fields.neededId("workflow_job.run_id");
        var attempt = fields.id("workflow_job.run_attempt").orElse("1");
        var repository = fields.neededId("repository.id");
        var owner = fields.neededId("repository.owner.id");
        // The claim check_run_id names the job's check run, which has had the job's own number so far.
        var jobs = new LinkedHashSet<>(List.of(fields.neededId("workflow_job.id")));
        fields.text("workflow_job.check_run_url").flatMap(GithubHooks::checkRun).ifPresent(jobs::add);
        var claims = jobs.stream()
                .map(job -> run(owner, repository, runId, attempt)
                        .put("check_run_id", job)
                        .build())
                .toList();
        return new Ended(
                Optional.of(owner), repository, claims, true, fields.neededTime("workflow_job.completed_at"), true);
    }

    private static Optional<String> checkRun(String url) {
        int at = url.lastIndexOf(CHECK_RUNS);
        return at < 0 ? Optional.empty() : Optional.of(url.substring(at + CHECK_RUNS.length()));
    }

    private static Ended run(EventFields fields) throws MalformedEvent {
        var repository = fields.neededId("repository.id");
        var owner = fields.neededId("repository.owner.id");
        var claims = run(
                owner,
                repository,
                fields.neededId("workflow_run.id"),
                fields.id("workflow_run.run_attempt").orElse("1"));
        return new Ended(
                Optional.of(owner),
                repository,
                List.of(claims.build()),
                false,
                fields.neededTime("workflow_run.updated_at"),
                true);
    }

    private static JsonObject.Builder run(String owner, String repository, String runId, String attempt) {
        return JsonObject.builder()
                .put("repository_owner_id", owner)
                .put("repository_id", repository)
                .put("run_id", runId)
                .put("run_attempt", attempt);
    }
}
