// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.credential;

import io.taskbound.client.CredentialAnswer;
import io.taskbound.client.credential.Credential;

/** Where later credentials of a step come from, and who hears of them. All of it is called on a thread of its own. */
public interface CredentialSource {
    /** Asks the issuer once more. */
    CredentialAnswer next();

    /** One has come, and is not handed out before this returns: to be masked first. */
    void delivered(Credential next);

    /**
     * None has come; told once for each step.
     *
     * @param held the one that the command goes on with
     * @param why a word or a sentence for people
     */
    void failed(Credential held, String why);
}
