// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

/** Does something when its time has come. */
@FunctionalInterface
interface Later {
    void in(int seconds, Runnable what);
}
