// SPDX-License-Identifier: Apache-2.0
/** GitHub Apps for an issuer: their private keys, and how one is made. */
@NullMarked
package io.taskbound.cli.apps;

import org.jspecify.annotations.NullMarked;
