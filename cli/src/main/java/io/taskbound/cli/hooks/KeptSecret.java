// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.hooks;

import java.time.Instant;

/**
 * An active secret of a hook, without the secret.
 *
 * @param by who made it
 */
record KeptSecret(String id, Instant made, String by) {}
