// SPDX-License-Identifier: Apache-2.0
/** Where the processor time of a mint goes. */
@NullMarked
package io.taskbound.bench.peers.profile;

import org.jspecify.annotations.NullMarked;
