// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

/** Fuzz target: the body of a request to the Authorization API. It is read, or refused with a sentence of ours. */
public final class EvaluationFuzz {
    private EvaluationFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        try {
            var body = EvaluationBody.object(input);
            if (EvaluationsBody.isSeveral(body)) {
                EvaluationsBody.read(body);
            } else {
                EvaluationBody.read(body);
            }
        } catch (RefusedRequest refused) {
            // An answer like any other.
            return;
        }
    }
}
