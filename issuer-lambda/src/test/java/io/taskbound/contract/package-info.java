// SPDX-License-Identifier: Apache-2.0
/** Plays the vectors of the folder contract/ against a whole issuer: see contract/README.md. */
@NullMarked
package io.taskbound.contract;

import org.jspecify.annotations.NullMarked;
