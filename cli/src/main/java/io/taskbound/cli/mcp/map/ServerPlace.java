// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.map;

import java.net.URI;
import java.util.List;
import java.util.Map;

/** The MCP server behind the gateway, and the gateway's own credential for it. */
public sealed interface ServerPlace {
    /**
     * Over HTTP.
     *
     * @param headers sent with every request
     */
    record Address(URI url, Map<String, SecretPlace> headers) implements ServerPlace {
        public Address {
            headers = Map.copyOf(headers);
        }
    }

    /**
     * A program that the gateway starts and talks to over its standard input and output.
     *
     * @param environment of the program, besides what any program needs
     */
    record Program(List<String> command, Map<String, SecretPlace> environment) implements ServerPlace {
        public Program {
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
        }
    }
}
