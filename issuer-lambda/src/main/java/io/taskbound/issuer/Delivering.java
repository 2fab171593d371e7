// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.credential.CredentialServices;
import io.taskbound.credential.Envelope;
import io.taskbound.ledger.Sweeper;
import java.time.Duration;

/** What an issuer needs in order to hand out credentials of foreign services; may be made when it is first used. */
public interface Delivering {
    CredentialServices services();

    /** Seals what revoking them needs. */
    Envelope envelope();

    /** How much later than by this clock a deadline counts: no heartbeat must come too late because of it. */
    default Duration grace() {
        return Sweeper.GRACE;
    }

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

    /** The same for an issuer whose only clock is this one: a deadline counts when it has passed. */
    default Delivering withOneClock() {
        var services = services();
        var envelope = envelope();
        return new Delivering() {
            @Override
            public CredentialServices services() {
                return services;
            }

            @Override
            public Envelope envelope() {
                return envelope;
            }

            @Override
            public Duration grace() {
                return Duration.ZERO;
            }
        };
    }
}
