// SPDX-License-Identifier: Apache-2.0
package io.taskbound.contract;

import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.LedgerUnavailable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A ledger that is away, or broken, for as long as a vector says so. */
final class FaultyLedger {
    private final Ledger real;
    private String fault = "";

    FaultyLedger(Ledger real) {
        this.real = real;
    }

    /** {@code away}, {@code broken}, or nothing. */
    void become(String fault) {
        this.fault = fault;
    }

    /** A proxy, so that no operation that the interface may get later is forgotten here. */
    Ledger ledger() {
        return (Ledger) Proxy.newProxyInstance(
                Ledger.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, method, arguments) -> {
                    if (fault.equals("away")) {
                        throw new LedgerUnavailable("away, as the vector says");
                    }
                    if (fault.equals("broken")) {
                        throw new IllegalStateException("broken, as the vector says");
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }
}
