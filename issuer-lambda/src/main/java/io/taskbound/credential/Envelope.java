// SPDX-License-Identifier: Apache-2.0
package io.taskbound.credential;

import io.taskbound.token.Jti;
import io.taskbound.token.SignerUnavailable;

/** Seals what is kept of a credential: AES-256-GCM under a key of the record's own, bound to its token. */
public final class Envelope {
    private final DataKeys keys;

    public Envelope(DataKeys keys) {
        this.keys = keys;
    }

    /** Text for the record. */
    public String seal(Jti handle, String secret) throws SignerUnavailable {
        throw new UnsupportedOperationException("not built yet" + keys + handle + secret.length());
    }

    /** @throws SignerUnavailable also when the text is not what was sealed for this token */
    public String open(Jti handle, String sealed) throws SignerUnavailable {
        throw new UnsupportedOperationException("not built yet" + keys + handle + sealed.length());
    }
}
