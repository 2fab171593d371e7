// SPDX-License-Identifier: Apache-2.0
/**
 * Logs people in at an identity provider, as an OpenID Connect relying party: the code flow with PKCE, as a public
 * client. Nothing of a login is kept here: what has to be remembered is in the browser's own cookie.
 */
@NullMarked
package io.taskbound.login;

import org.jspecify.annotations.NullMarked;
