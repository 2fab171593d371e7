// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.credential.CredentialServices;
import io.taskbound.credential.Envelope;

/** What an issuer needs in order to hand out credentials of foreign services; may be made when it is first used. */
public interface Delivering {
    CredentialServices services();

    /** Seals what revoking them needs. */
    Envelope envelope();

    /** Of what is there already. */
    static Delivering of(CredentialServices services, Envelope envelope) {
        return new Delivering() {
            @Override
            public CredentialServices services() {
                return services;
            }

            @Override
            public Envelope envelope() {
                return envelope;
            }
        };
    }
}
