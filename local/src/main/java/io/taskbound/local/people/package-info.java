// SPDX-License-Identifier: Apache-2.0
/** A company's identity provider for people, on this machine: OpenID Connect with the code flow. */
@NullMarked
package io.taskbound.local.people;

import org.jspecify.annotations.NullMarked;
