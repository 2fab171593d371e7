// SPDX-License-Identifier: Apache-2.0
package io.taskbound.login;

import java.util.Optional;

/**
 * What the provider sent the browser back with (RFC 6749 section 4.1.2, RFC 9207 section 2). Nothing of it is checked;
 * the code is a secret for as long as it is not exchanged.
 */
public record LoginAnswer(
        Optional<String> code, Optional<String> state, Optional<String> issuer, Optional<String> error) {
    @Override
    public String toString() {
        return "LoginAnswer";
    }
}
