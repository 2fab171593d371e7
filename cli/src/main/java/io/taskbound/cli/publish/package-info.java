// SPDX-License-Identifier: Apache-2.0
/** The policy in the issuer's table: publish a new version, see what was published, go back to an old text. */
@NullMarked
package io.taskbound.cli.publish;

import org.jspecify.annotations.NullMarked;
