// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.controls;

import java.util.Map;

/**
 * A list of controls that somebody else keeps.
 *
 * @param key what {@code docs/controls.yaml} calls it
 * @param ids every id that we know of it, with its title, word for word
 */
record Framework(String key, String name, String edition, String source, Map<String, String> ids) {}
