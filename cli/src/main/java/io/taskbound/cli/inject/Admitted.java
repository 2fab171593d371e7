// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.inject;

import java.net.URI;

/**
 * A request that is passed on.
 *
 * @param url at the service
 * @param withToken false where the rules say that the path needs none
 */
record Admitted(RequestHead head, URI url, boolean withToken) {}
