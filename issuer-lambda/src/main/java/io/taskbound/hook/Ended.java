// SPDX-License-Identifier: Apache-2.0
package io.taskbound.hook;

import io.taskbound.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A job or a run that has ended.
 *
 * @param owner the immutable id of the owner, where the event names one
 * @param project the immutable id of repository, project or pipeline
 * @param claims what an ID token of it would say of owner, run and job, in the names of the system's own claims: the
 *     profile makes the names of run and job of it, as it does of an ID token. More than one where the event leaves
 *     open which
 * @param ofJob whether the job alone has ended; else the whole run has
 * @param at when, by the system's clock
 * @param permanent whether nothing of it can ever run again. A run of which a job can be repeated under the same name
 *     has ended for the time being only
 */
public record Ended(
        Optional<String> owner, String project, List<JsonObject> claims, boolean ofJob, Instant at, boolean permanent)
        implements HookEvent {
    public Ended {
        claims = List.copyOf(claims);
    }

    @Override
    public <T> T match(Function<Ended, T> ended, Function<Other, T> other) {
        return ended.apply(this);
    }
}
