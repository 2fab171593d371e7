// SPDX-License-Identifier: Apache-2.0
/** The recipes in integrations/, run with a real issuer and stand-ins for what only the CI systems have. */
@NullMarked
package io.taskbound.cli.integrations;

import org.jspecify.annotations.NullMarked;
