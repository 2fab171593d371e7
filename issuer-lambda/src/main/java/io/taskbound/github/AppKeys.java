// SPDX-License-Identifier: Apache-2.0
package io.taskbound.github;

import io.taskbound.token.AppSigner;
import io.taskbound.token.SignerUnavailable;
import java.util.Optional;

/** Where the private keys of Apps are kept. */
@FunctionalInterface
public interface AppKeys {
    /** For an issuer that was given none. */
    AppKeys NONE = appId -> Optional.empty();

    /**
     * The App's key; empty when nobody has imported one. Asked once in several minutes for each App.
     *
     * @throws SignerUnavailable when the key, or the place where it is kept, cannot be used now
     */
    Optional<AppSigner> find(String appId) throws SignerUnavailable;
}
