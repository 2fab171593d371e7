// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import java.io.IOException;

/** Something to be measured. */
interface Candidate {
    /** Its row of the table. */
    Row row();

    /**
     * Starts it and waits until it is ready.
     *
     * @throws NotHere when this machine lacks what it needs
     */
    Server start() throws IOException, NotHere;
}
