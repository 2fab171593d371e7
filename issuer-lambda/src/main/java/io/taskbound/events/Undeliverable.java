// SPDX-License-Identifier: Apache-2.0
package io.taskbound.events;

import java.io.IOException;

/** Some events were not accepted by the bus, or could not be read; the message says how many and why, for people. */
public final class Undeliverable extends IOException {
    private static final long serialVersionUID = 1L;

    Undeliverable(String why) {
        super(why);
    }
}
