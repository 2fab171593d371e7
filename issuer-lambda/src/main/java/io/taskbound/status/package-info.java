// SPDX-License-Identifier: Apache-2.0
/**
 * The status list: which tokens ended before they expired, published for resource servers with {@code checks: status}.
 * The specification is the IETF's draft "Token Status List (TSL)", {@code draft-ietf-oauth-status-list-17}; the number
 * stands here and nowhere else.
 */
@NullMarked
package io.taskbound.status;

import org.jspecify.annotations.NullMarked;
