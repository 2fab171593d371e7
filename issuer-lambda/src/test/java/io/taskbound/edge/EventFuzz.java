// SPDX-License-Identifier: Apache-2.0
package io.taskbound.edge;

/** Fuzz target: what API Gateway or a Function URL hands to the function. */
public final class EventFuzz {
    private EventFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        LambdaEvent.readOrEmpty(input).ifPresent(EventFuzz::tryToRead);
    }

    private static void tryToRead(HttpRequest request) {
        BasicCredentials.of(request);
        try {
            Form.of(request);
        } catch (RefusedRequest refused) {
            return;
        }
    }
}
