// SPDX-License-Identifier: Apache-2.0
package io.taskbound.hook;

import io.taskbound.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Buildkite: {@code job.finished} and {@code build.finished}, signed in {@code X-Buildkite-Signature}; the plain
 * {@code X-Buildkite-Token} is not read. A job that is retried gets another id, but stays in its build, which then runs
 * again, as a build does that was blocked: so a build's end is never permanent. Slugs are not read: an ID token without
 * {@code pipeline_id} does not tell whether it is of a pipeline that the hook may speak for.
 */
final class BuildkiteHooks implements HookSystem {
    /** The signature is over the time of sending, so that it cannot be sent again much later. */
    private static final Duration MAX_DRIFT = Duration.ofMinutes(5);

    private static final Pattern SIGNATURE = Pattern.compile("timestamp=([0-9]{1,12}),\\s*signature=([0-9a-f]{64})");

    @Override
    public Optional<String> flaw(Delivery delivery, List<HookSecret> secrets, Instant now) {
        var header = SIGNATURE.matcher(delivery.header("x-buildkite-signature").orElse(""));
        if (!header.matches()) {
            return Optional.of("no X-Buildkite-Signature of the form timestamp=<s>,signature=<64 hex digits>");
        }
        var signature = Signatures.hex(header.group(2)).orElseThrow();
        if (!Signatures.signed(secrets, signature, Signatures.ascii(header.group(1) + "."), delivery.body())) {
            return Optional.of("X-Buildkite-Signature is not of this body and an active secret");
        }
        var sent = Instant.ofEpochSecond(Long.parseLong(header.group(1)));
        return Duration.between(sent, now).abs().compareTo(MAX_DRIFT) > 0
                ? Optional.of("X-Buildkite-Signature was made more than 5 min from now")
                : Optional.empty();
    }

    @Override
    public HookEvent read(Delivery delivery, JsonObject event) throws MalformedEvent {
        var fields = new EventFields(event);
        return switch (fields.text("event").orElse("")) {
            case "ping" -> new HookEvent.Other("ping");
            case "job.finished" -> ended(fields, true, "job.finished_at");
            case "build.finished" -> ended(fields, false, "build.finished_at");
            default -> new HookEvent.Other("another kind of event");
        };
    }

    /** An event may show a later state than the one that caused it: what runs again has no end. */
    private static HookEvent ended(EventFields fields, boolean ofJob, String finishedAt) throws MalformedEvent {
        if (fields.text(finishedAt).isEmpty()) {
            return new HookEvent.Other("runs again, or never ran");
        }
        var pipeline = fields.neededId("pipeline.id");
        var claims =
                JsonObject.builder().put("pipeline_id", pipeline).put("build_number", fields.neededId("build.number"));
        if (ofJob) {
            claims.put("job_id", fields.neededId("job.id"));
        }
        var at = fields.neededTime(finishedAt);
        return new Ended(Optional.empty(), pipeline, List.of(claims.build()), ofJob, at, ofJob);
    }
}
