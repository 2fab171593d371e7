// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

/**
 * A fault in a policy document, for the person who writes it.
 *
 * @param path JSON pointer into the document (RFC 6901); empty for the document itself
 * @param message what is wrong
 * @param remedy what to write instead
 */
public record Fault(FaultCode code, String path, String message, String remedy) {

    public Severity severity() {
        return code.severity();
    }
}
