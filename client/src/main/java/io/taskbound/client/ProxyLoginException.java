// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import java.net.ConnectException;

/**
 * The proxy wants a user and password, or other ones (407), so nothing was sent. Trying again could lock the account.
 */
public final class ProxyLoginException extends ConnectException {
    private static final long serialVersionUID = 1L;

    /** There is nothing more to say: what the proxy sends is not ours to repeat. */
    public ProxyLoginException() {
        super("the proxy answered 407");
    }
}
