// SPDX-License-Identifier: Apache-2.0
/** What a mint costs the issuer's process, beside what a login costs others that do the same. */
@NullMarked
package io.taskbound.bench.peers;

import org.jspecify.annotations.NullMarked;
