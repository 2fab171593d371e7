// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import java.util.Optional;

/** One thing wrong with an ID token. The detail is for the audit log and never holds text of an unverified token. */
record Flaw(Rejection reason, Optional<String> detail) {

    static Flaw of(Rejection reason) {
        return new Flaw(reason, Optional.empty());
    }

    static Flaw of(Rejection reason, String detail) {
        return new Flaw(reason, Optional.of(detail));
    }
}
