// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.map;

/** Where a secret is kept that the map names: it never holds one itself. */
public sealed interface SecretPlace {
    /** The whole text of a file, without the line end after it. */
    record InFile(String path) implements SecretPlace {}

    /** A variable of the gateway's environment. */
    record InVariable(String name) implements SecretPlace {}
}
