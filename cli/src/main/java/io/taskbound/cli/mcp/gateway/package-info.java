// SPDX-License-Identifier: Apache-2.0
/** What a gateway does with a request: admits its token, shows the tools it permits, and redeems each call. */
@NullMarked
package io.taskbound.cli.mcp.gateway;

import org.jspecify.annotations.NullMarked;
