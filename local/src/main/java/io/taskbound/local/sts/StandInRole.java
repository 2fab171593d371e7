// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.sts;

import java.util.Set;

/**
 * A role of {@link StandInSts}, as far as its trust policy goes.
 *
 * @param arn such as {@code arn:aws:iam::111122223333:role/migration}
 * @param trusted ARNs of the principals that may assume it
 * @param actions what the trust policy allows them: {@code sts:AssumeRole} and so on
 */
public record StandInRole(String arn, Set<String> trusted, Set<String> actions) {
    private static final Set<String> ALL = Set.of("sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity");

    public StandInRole {
        trusted = Set.copyOf(trusted);
        actions = Set.copyOf(actions);
    }

    /** Lets this principal in, with tags and a source identity. */
    public static StandInRole trusting(String arn, String principal) {
        return new StandInRole(arn, Set.of(principal), ALL);
    }

    void require(String action, String principal) throws StsFault {
        if (!trusted.contains(principal) || !actions.contains(action)) {
            throw StsFault.denied(principal, action, arn);
        }
    }

    String name() {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    String account() {
        return arn.split(":", -1)[4];
    }
}
