// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.guard;

/** The request that the gateway asks about. */
sealed interface Original {
    /** As the gateway tells it; nothing of it is checked yet. */
    record Request(String method, String target, String host) implements Original {}

    /** The gateway's question does not carry exactly one. */
    record Unreadable() implements Original {}
}
