// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

/** The result of a revocation. */
public sealed interface CloseAnswer {

    /** What was alive is closed, and what was not alive or not the caller's is as it was; the two look the same. */
    record Done() implements CloseAnswer {}

    record Refused(Refusal refusal) implements CloseAnswer {}
}
