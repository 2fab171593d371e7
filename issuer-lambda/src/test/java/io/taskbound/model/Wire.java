// SPDX-License-Identifier: Apache-2.0
package io.taskbound.model;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.Callable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A way to the table on which each request waits for its turn, where its thread belongs to a player. */
final class Wire {
    /** Threads that a player's thread starts belong to the player too. */
    private static final InheritableThreadLocal<Optional<Player>> PLAYER = new InheritableThreadLocal<>() {
        @Override
        protected Optional<Player> initialValue() {
            return Optional.empty();
        }
    };

    private Wire() {}

    static void belongsTo(Player player) {
        PLAYER.set(Optional.of(player));
    }

    /** Whether this thread belongs to a player that was killed. */
    static boolean isDead() {
        return PLAYER.get().filter(Player::isDead).isPresent();
    }

    static DynamoDbClient over(DynamoDbClient client) {
        return (DynamoDbClient) Proxy.newProxyInstance(
                DynamoDbClient.class.getClassLoader(),
                new Class<?>[] {DynamoDbClient.class},
                (self, method, arguments) -> {
                    Callable<Object> request = () -> call(client, method, arguments);
                    var player = PLAYER.get();
                    return player.isPresent() ? player.get().meets(operation(method), request) : request.call();
                });
    }

    private static String operation(Method method) {
        var name = method.getName();
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private static Object call(DynamoDbClient client, Method method, Object[] arguments) throws Exception {
        try {
            return method.invoke(client, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() instanceof Exception cause ? cause : thrown;
        }
    }
}
