// SPDX-License-Identifier: Apache-2.0
package io.taskbound.soak;

import io.taskbound.json.JsonObject;
import io.taskbound.token.SignerUnavailable;
import io.taskbound.token.TaskSigner;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A key that, of a thousand signatures, refuses some, and is slow with some. */
final class FaultySigner implements TaskSigner {
    private static final int OF = 1_000;
    private static final int REFUSED = 20;
    private static final int SLOW = 25;
    private static final long SLOW_NANOS = 20_000_000;

    private final TaskSigner real;
    private final AtomicInteger faults = new AtomicInteger();

    FaultySigner(TaskSigner real) {
        this.real = real;
    }

    int faults() {
        return faults.get();
    }

    @Override
    public String keyId() {
        return real.keyId();
    }

    @Override
    public byte[] sign(byte[] signingInput) throws SignerUnavailable {
        int lot = ThreadLocalRandom.current().nextInt(OF);
        if (lot < SLOW) {
            faults.incrementAndGet();
        }
        if (lot < REFUSED) {
            throw new SignerUnavailable("KMS does not answer");
        }
        if (lot < SLOW) {
            LockSupport.parkNanos(SLOW_NANOS);
        }
        return real.sign(signingInput);
    }

    @Override
    public JsonObject publicKeys() {
        return real.publicKeys();
    }
}
