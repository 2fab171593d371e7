// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import java.security.SecureRandom;
import java.util.Base64;

/** Random marks by which a write recognises itself when the SDK sent it twice. */
final class Nonce {
    private Nonce() {}

    static String of(int octets) {
        var random = new byte[octets];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
