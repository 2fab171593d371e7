// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.resource;

import io.taskbound.client.TaskToken;
import java.util.List;
import java.util.Optional;

/** What a request brings to be let in. Read from its header fields, all of them, so that none is overlooked. */
public sealed interface Presented {
    /** Nothing: the caller does not know yet that a token is needed. */
    record Nothing() implements Presented {}

    /**
     * Something that is not one token, such as two of them: never guess which is meant.
     *
     * @param why for the caller and the log; repeats nothing of the request
     */
    record Malformed(String why) implements Presented {}

    /**
     * One token, unchecked.
     *
     * @param proof the value of the one header {@code DPoP}; there under {@link Scheme#DPOP} only
     */
    record Token(TaskToken token, Scheme scheme, Optional<String> proof) implements Presented {
        @Override
        public String toString() {
            return "Token[" + scheme.word() + " secret]";
        }
    }

    /**
     * Reads the two header fields as they were received.
     *
     * @param authorization the values of all fields {@code Authorization}, in order
     * @param dpop the values of all fields {@code DPoP}
     */
    static Presented read(List<String> authorization, List<String> dpop) {
        return PresentedFields.read(authorization, dpop);
    }
}
