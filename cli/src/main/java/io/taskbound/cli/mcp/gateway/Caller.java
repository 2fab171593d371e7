// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.gateway;

import io.taskbound.client.resource.Presented;

/**
 * Who asks.
 *
 * @param modern whether the request says its protocol version itself, as since 2026-07-28
 */
public record Caller(Presented presented, boolean modern) {}
