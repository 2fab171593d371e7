// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo;

import io.taskbound.local.ClaimSet;
import io.taskbound.local.Dialect;
import io.taskbound.local.StandInProvider;
import java.util.UUID;

/** Which CI system the story plays on: its policy, and the claims of the honest step and of the stranger. */
interface Role {
    Dialect dialect();

    /** The policy's file beside this class. */
    String policyFile();

    /** The caller that the policy admits, and the task, as one sentence fragment. */
    String policyInWords();

    /** Fills in what of the policy depends on the stand-in's address. */
    String complete(String policy, StandInProvider provider);

    /** The claims of acme's release run for this issuer. */
    ClaimSet step(StandInProvider provider, String audience, UUID txn);

    /** The claims of somebody else's run, who asks for the same. */
    ClaimSet stranger(StandInProvider provider, String audience, UUID txn);

    /** How the stranger is called in the story. */
    String strangerName();

    /** Whether two branches ask in the same second. */
    boolean hasBranches();
}
