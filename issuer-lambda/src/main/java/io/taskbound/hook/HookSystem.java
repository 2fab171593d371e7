// SPDX-License-Identifier: Apache-2.0
package io.taskbound.hook;

import io.taskbound.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A kind of CI system: how it signs its events, and how it says that a job or a run has ended. */
public interface HookSystem {
    /**
     * Why this was not sent by whoever has one of the secrets; empty when it was. The body is only looked at as bytes.
     *
     * @return a fixed sentence for the audit log, with nothing of the delivery in it
     */
    Optional<String> flaw(Delivery delivery, List<HookSecret> secrets, Instant now);

    /**
     * What an authentic event says.
     *
     * @param event the body, parsed
     * @throws MalformedEvent when it should tell of an end, and lacks what that takes
     */
    HookEvent read(Delivery delivery, JsonObject event) throws MalformedEvent;

    /** The system with this profile; empty for those that send no events that are read here. */
    static Optional<HookSystem> of(String profile) {
        return Optional.ofNullable(Known.BY_PROFILE.get(profile));
    }

    /** Those that there are. */
    final class Known {
        private static final Map<String, HookSystem> BY_PROFILE = Map.of(
                "github", new GithubHooks(),
                "gitlab", new GitlabHooks(),
                "buildkite", new BuildkiteHooks(),
                "circleci", new CircleciHooks());

        private Known() {}
    }
}
