// SPDX-License-Identifier: Apache-2.0
/** {@code policy check-roles}: whom the roles that a policy hands out sessions of let in. */
@NullMarked
package io.taskbound.cli.roles;

import org.jspecify.annotations.NullMarked;
