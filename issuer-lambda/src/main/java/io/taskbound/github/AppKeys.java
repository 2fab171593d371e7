// SPDX-License-Identifier: Apache-2.0
package io.taskbound.github;

import io.taskbound.token.AppSigner;
import io.taskbound.token.SignerUnavailable;
import java.util.Optional;

/** Where the private keys of Apps are kept. What a place throws when it is out of reach goes through. */
@FunctionalInterface
public interface AppKeys {
    /** For an issuer that was given none. */
    AppKeys NONE = appId -> Optional.empty();

    /** The App's key; empty when nobody has imported one. Asked once in several minutes for each App. */
    Optional<AppSigner> find(String appId) throws SignerUnavailable;
}
