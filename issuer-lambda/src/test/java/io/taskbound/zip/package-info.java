// SPDX-License-Identifier: Apache-2.0
/**
 * Prepares the class files of the zip that is deployed for a quick start. Run by the build when it packs the zip, and
 * not part of it; it lies among the tests so that it needs no module of its own. What it does and why is in
 * docs/decisions.
 */
@NullMarked
package io.taskbound.zip;

import org.jspecify.annotations.NullMarked;
