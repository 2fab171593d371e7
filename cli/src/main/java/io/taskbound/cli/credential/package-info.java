// SPDX-License-Identifier: Apache-2.0
/** A credential of a foreign service in the hands of a wrapped command: its variables, its endpoint, its refresh. */
@NullMarked
package io.taskbound.cli.credential;

import org.jspecify.annotations.NullMarked;
