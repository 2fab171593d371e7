// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import io.taskbound.credential.CredentialServices;
import io.taskbound.credential.Envelope;
import io.taskbound.issuer.Delivering;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Made when the first credential is asked for: most functions never hand one out, and a cold start need not pay. */
final class LazyDelivering implements Delivering {
    private final Supplier<Delivering> maker;
    private @Nullable Delivering made;

    LazyDelivering(Supplier<Delivering> maker) {
        this.maker = maker;
    }

    @Override
    public CredentialServices services() {
        return made().services();
    }

    @Override
    public Envelope envelope() {
        return made().envelope();
    }

    private synchronized Delivering made() {
        var there = made;
        if (there == null) {
            there = maker.get();
            made = there;
        }
        return there;
    }
}
