// SPDX-License-Identifier: Apache-2.0
/**
 * For services that accept task tokens: reads the token out of a request, asks the issuer about one use of it, and says
 * what to answer. The table of answers is here once, for {@code taskbound guard}, the MCP gateway and the Spring Boot
 * starter as well as for services of your own.
 */
@NullMarked
package io.taskbound.client.resource;

import org.jspecify.annotations.NullMarked;
