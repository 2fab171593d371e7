// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import io.taskbound.ledger.DenyList;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.Lookup;
import io.taskbound.ledger.Redemption;
import io.taskbound.ledger.TokenRecord;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A ledger in memory in which a use costs nothing and every one is the first: what is left is the issuer's own work.
 */
final class RedeemingLedger {
    private final Map<String, TokenRecord> records = new ConcurrentHashMap<>();
    private final NoLedger none = new NoLedger();

    Ledger ledger() {
        return (Ledger) Proxy.newProxyInstance(
                Ledger.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "mint" -> {
                            var record = (TokenRecord) arguments[0];
                            records.put(record.jti().toString(), record);
                        }
                        case "lookUp" -> {
                            var record = Optional.ofNullable(records.get(arguments[0].toString()));
                            return new Lookup(record, DenyList.EMPTY);
                        }
                        case "redeem" -> {
                            return new Redemption.First((TokenRecord) arguments[0]);
                        }
                        default -> {
                            // As below.
                        }
                    }
                    try {
                        return method.invoke(none, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }
}
