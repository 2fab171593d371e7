// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;

/** What people are asked at a {@link TestIssuer}, and what they said: one for each task instance. */
final class TestApprovals {
    static final String GROUP = "release-managers";

    private static final Duration WITHIN = Duration.ofMinutes(30);

    private final Map<String, Instant> asked = new ConcurrentHashMap<>();
    private volatile int needed;
    private volatile int given;
    private volatile char version = 'A';
    private volatile Optional<String> verdict = Optional.empty();

    /** From now on so many people must approve each task. */
    void require(int people) {
        needed = people;
    }

    /** One more of them has approved everything. */
    void approve() {
        given++;
    }

    /** One of them has denied everything. */
    void deny() {
        verdict = Optional.of("access_denied");
    }

    void expire() {
        verdict = Optional.of("expired_token");
    }

    /** Another version of the policy is in force: what was asked before cannot be approved any more. */
    void changePolicy() {
        version++;
        given = 0;
    }

    /** Which approval a task instance waits for. */
    String id(String txn) {
        return "AAAAAAAAAAAAAAAAAAAAA" + version + "." + (txn.replace("-", "") + "0".repeat(43)).substring(0, 43);
    }

    boolean areRequired() {
        return needed > 0;
    }

    /** Empty where nothing is in the way of a token. */
    Optional<JSONObject> answer(String txn, String issuer) {
        Instant since = asked.computeIfAbsent(txn, first -> Instant.now());
        if (verdict.isPresent()) {
            return Optional.of(new JSONObject()
                    .element("error", verdict.get())
                    .element("error_description", "as the test has it")
                    .element("request_id", TestIssuer.REQUEST_ID));
        }
        return given >= needed ? Optional.empty() : Optional.of(pending(txn, issuer, since));
    }

    private JSONObject pending(String txn, String issuer, Instant since) {
        return new JSONObject()
                .element("error", "authorization_pending")
                .element("request_id", TestIssuer.REQUEST_ID)
                .element("approval_id", id(txn))
                .element("approval_uri", issuer + "/approve/" + id(txn))
                .element("interval", 1)
                .element(
                        "expires_in",
                        Duration.between(Instant.now(), since.plus(WITHIN)).toSeconds())
                .element("approvers", groups())
                .element("approvals_needed", needed)
                .element("approvals_given", given);
    }

    JSONArray groups() {
        return JSONArray.fromObject(List.of(GROUP));
    }
}
