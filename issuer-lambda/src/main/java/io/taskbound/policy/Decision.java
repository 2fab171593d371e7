// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

/** The policy's answer to one request. */
public sealed interface Decision {

    record Granted(Grant grant) implements Decision {}

    record Refused(Denial denial) implements Decision {}
}
