// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.cloud;

/**
 * Who runs a command, as it is recorded with what the command changes. Made by {@link Cloud#caller}.
 *
 * @param arn the ARN that STS gave for the credentials in use; {@code local:<user>} where a loopback endpoint has no
 *     STS
 */
public record Caller(String arn) {
    public Caller {
        if (arn.isEmpty()) {
            throw new IllegalArgumentException("arn must not be empty");
        }
    }
}
