// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.idtoken;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.client.IdToken;
import java.util.Optional;

/** Where the CI's ID token comes from. */
public interface IdTokenSource {
    /**
     * The ID token; a complaint says what to do when there is none.
     *
     * @param audience for whom it is to be, where the source can choose
     */
    IdToken fetch(String audience) throws Complaint;

    /** The environment variable that holds the ID token itself, which the wrapped command must not see. */
    default Optional<String> variable() {
        return Optional.empty();
    }
}
