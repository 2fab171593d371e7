// SPDX-License-Identifier: Apache-2.0
package io.taskbound.soak;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;

/** A client of the table to which, of a thousand requests each, some faults happen. */
final class FaultyClient {
    private static final int OF = 1_000;
    private static final int THROTTLED = 3;
    private static final int FAILED = 6;
    private static final int SLOW = 9;
    private static final int REPEATED = 19;
    private static final int LOST = 22;
    private static final long SLOW_MILLIS = 20;
    private static final int SERVER_ERROR = 500;
    private static final Set<String> WRITES = Set.of("putItem", "updateItem");

    private final DynamoDbClient real;
    private final AtomicInteger faults = new AtomicInteger();
    private final AtomicInteger lostWrites = new AtomicInteger();

    FaultyClient(DynamoDbClient real) {
        this.real = real;
    }

    /** Faults so far. */
    int faults() {
        return faults.get();
    }

    /** Writes that took place and of which nobody heard. */
    int lostWrites() {
        return lostWrites.get();
    }

    DynamoDbClient client() {
        return (DynamoDbClient) Proxy.newProxyInstance(
                DynamoDbClient.class.getClassLoader(),
                new Class<?>[] {DynamoDbClient.class},
                (self, method, arguments) -> meet(ThreadLocalRandom.current().nextInt(OF), method, arguments));
    }

    private Object meet(int lot, Method method, Object[] arguments) throws Exception {
        if (lot < LOST) {
            faults.incrementAndGet();
        }
        if (lot < THROTTLED) {
            throw ProvisionedThroughputExceededException.builder()
                    .message("slow down")
                    .build();
        }
        if (lot < FAILED) {
            throw DynamoDbException.builder().statusCode(SERVER_ERROR).build();
        }
        if (lot < SLOW) {
            Thread.sleep(SLOW_MILLIS);
        } else if (lot < REPEATED) {
            unheard(method, arguments);
        } else if (lot < LOST) {
            unheard(method, arguments);
            lostWrites.addAndGet(WRITES.contains(method.getName()) ? 1 : 0);
            throw SdkClientException.create("the answer is lost");
        }
        return call(method, arguments);
    }

    /** It takes place; the SDK hears nothing and sends it again, or gives up. */
    private void unheard(Method method, Object[] arguments) {
        try {
            call(method, arguments);
        } catch (Exception refused) {
            // A refusal is an answer as well, and as lost.
        }
    }

    private Object call(Method method, Object[] arguments) throws Exception {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() instanceof Exception cause ? cause : thrown;
        }
    }
}
