// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.inject;

import java.time.Duration;

/**
 * How patient the proxy is.
 *
 * @param head how long the head of a request may take to arrive: nobody without the path's secret holds a connection
 *     for longer
 * @param idle how long a request that was passed on may go without an octet in either direction
 */
record Limits(Duration head, Duration idle) {
    /** Ten minutes without an octet are more than any service's own patience. */
    static final Limits USUAL = new Limits(Duration.ofSeconds(10), Duration.ofMinutes(10));
}
