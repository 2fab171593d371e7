// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import io.taskbound.http.FormFuzz;

/** Fuzz target: what API Gateway or a Function URL hands to the function. */
public final class EventFuzz {
    private EventFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        LambdaEvent.parse(input).flatMap(LambdaEvent::read).ifPresent(FormFuzz::readHead);
    }
}
