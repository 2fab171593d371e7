// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.apps;

import io.taskbound.cli.terminal.Complaint;

/** Where an issuer finds the keys of its Apps. */
interface KeyPlace extends AutoCloseable {
    /**
     * Keeps the key, in place of the one that was there.
     *
     * @param appId digits
     * @return where it is now, for people, without a full stop
     */
    String keep(String appId, AppKey key) throws Complaint;

    @Override
    void close();
}
