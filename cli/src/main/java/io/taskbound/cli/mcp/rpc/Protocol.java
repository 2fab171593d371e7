// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.rpc;

import java.util.List;

/**
 * Versions of the Model Context Protocol. The newest has no handshake: each request says which version it speaks. The
 * older ones begin with {@code initialize}.
 */
public final class Protocol {
    /** Each request carries its version. */
    public static final String MODERN = "2026-07-28";

    /** With a handshake; the newest first. */
    public static final List<String> LEGACY = List.of("2025-11-25", "2025-06-18", "2025-03-26");

    /** Of programs that nobody has changed for long; over HTTP it was another protocol. */
    public static final String OLDEST = "2024-11-05";

    /** In {@code params}, and in results: what a message says about itself. */
    public static final String META = "_meta";

    public static final String VERSION_KEY = "io.modelcontextprotocol/protocolVersion";
    public static final String CAPABILITIES_KEY = "io.modelcontextprotocol/clientCapabilities";
    public static final String CLIENT_KEY = "io.modelcontextprotocol/clientInfo";
    public static final String SERVER_KEY = "io.modelcontextprotocol/serverInfo";

    public static final String DISCOVER = "server/discover";
    public static final String INITIALIZE = "initialize";
    public static final String INITIALIZED = "notifications/initialized";
    public static final String PING = "ping";
    public static final String LIST_TOOLS = "tools/list";
    public static final String CALL_TOOL = "tools/call";
    public static final String TOOLS_CHANGED = "notifications/tools/list_changed";

    private Protocol() {}
}
