// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * One start of a function that has a request waiting for it.
 *
 * @param untilAnswered from the start of the process to the first answer
 * @param request of that, from when the function took the request
 * @param cpu what the function's threads had of all processors until then: on a loaded machine it says more than a time
 */
record ColdStart(Duration untilAnswered, Duration request, Duration cpu) {
    /** @throws AssertionError when the answer is not one of success */
    static ColdStart of(FunctionLaunch launch, Map<String, String> settings, String event) throws IOException {
        try (var api = new RuntimeApi()) {
            long began = System.nanoTime();
            try (var function = FunctionProcess.start(launch, api, settings)) {
                var answer = api.invoke(event);
                var untilAnswered = Duration.ofNanos(api.answeredNanos() - began);
                if (!answer.startsWith("{\"statusCode\":200")) {
                    throw new AssertionError(answer + "\n" + function.log());
                }
                return new ColdStart(untilAnswered, api.lastTook(), function.cpu());
            }
        }
    }
}
