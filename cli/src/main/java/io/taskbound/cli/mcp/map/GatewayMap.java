// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.map;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map without faults.
 *
 * @param url of the gateway as its callers know it: the audience of their tokens (RFC 8707), and what a proof of a key
 *     names
 * @param proofRequired whether only tokens that are bound to a key are taken
 * @param tools by name; in the order of the file
 */
public record GatewayMap(URI url, boolean proofRequired, ServerPlace server, Map<String, ToolRule> tools) {
    public GatewayMap {
        tools = Collections.unmodifiableMap(new LinkedHashMap<>(tools));
    }
}
