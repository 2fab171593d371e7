// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

/**
 * A warning that the policy's owner accepts, and why; whoever reviews the policy reads it.
 *
 * @param subject what it stands in: {@code task sign-release}, {@code caller release-pipelines}
 */
public record Acceptance(String subject, FaultCode code, String reason) {

    /** {@code accepts the warning tenant-only: every repository signs here}, printable ASCII. */
    public String words() {
        return "the warning " + code.wire() + ": " + Shown.text(reason);
    }
}
