// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.front;

import io.taskbound.cli.mcp.rpc.RpcError;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What becomes of a request that breaks inside the gateway. */
final class InternalFault {
    private static final int PLACES = 5;

    private InternalFault() {}

    /** The operator hears where it broke, without the exception's message, which may repeat what a caller sent. */
    static RpcError told(RuntimeException broken, Consumer<String> operator) {
        var places = Arrays.stream(broken.getStackTrace()).limit(PLACES).map(StackTraceElement::toString);
        operator.accept("a request failed inside the gateway; please report it: "
                + broken.getClass().getName() + places.collect(Collectors.joining(" < ", " at ", "")));
        return RpcError.of(RpcError.INTERNAL, "The gateway failed; its operator can say more.");
    }
}
