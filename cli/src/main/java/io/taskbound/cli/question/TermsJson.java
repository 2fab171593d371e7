// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.question;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import io.taskbound.policy.Approval;
import io.taskbound.policy.LimitTerms;
import io.taskbound.policy.Requirement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Claims that a rule wants and limits of a task, for tools. Durations are seconds; what has no limit is left out. */
final class TermsJson {
    private TermsJson() {}

    static JsonArray requirements(List<Requirement> requirements) {
        return new JsonArray(
                requirements.stream().<JsonValue>map(TermsJson::requirement).toList());
    }

    private static JsonObject requirement(Requirement requirement) {
        var values = new ArrayList<JsonValue>(
                requirement.texts().stream().map(JsonString::new).toList());
        values.addAll(requirement.others());
        return JsonObject.builder()
                .put("path", JsonArray.ofStrings(requirement.path()))
                .put("contains", requirement.contains())
                .put("values", new JsonArray(values))
                .put("patterns", JsonArray.ofStrings(requirement.patterns()))
                .build();
    }

    /** @param now when a window is said to be open */
    static JsonObject of(LimitTerms terms, Instant now) {
        var limits = JsonObject.builder()
                .put("max_lifetime", terms.lifetime().toSeconds())
                .put("enforced", terms.enforced());
        terms.maxUses().ifPresent(most -> limits.put("max_uses", most));
        terms.lease().ifPresent(length -> limits.put("lease", length.toSeconds()));
        terms.budget().maxLive().ifPresent(most -> limits.put("max_live", most));
        terms.budget().maxLivePerRun().ifPresent(most -> limits.put("max_live_per_run", most));
        limits.put("once_per_run", terms.budget().oncePerRun());
        terms.approval().ifPresent(approval -> limits.put("approval", approval(approval)));
        if (!terms.windows().isEmpty()) {
            var windows = JsonObject.builder();
            windows.put("words", terms.windows().toString());
            windows.putIfPresent("open_until", terms.windows().openUntil(now).map(Instant::toString));
            windows.putIfPresent(
                    "next_opening", terms.windows().nextOpening(now).map(Instant::toString));
            limits.put("windows", windows.build());
        }
        return limits.build();
    }

    private static JsonObject approval(Approval approval) {
        return JsonObject.builder()
                .put("by", JsonArray.ofStrings(approval.by()))
                .put("count", approval.count())
                .put("within", approval.within().toSeconds())
                .build();
    }
}
