// SPDX-License-Identifier: Apache-2.0
/**
 * Credentials of foreign services that the issuer delivers for one step:
 * {@link io.taskbound.client.credential.Credential} is what it answered,
 * {@link io.taskbound.client.credential.StepVariables} how a command finds it in its environment.
 */
@NullMarked
package io.taskbound.client.credential;

import org.jspecify.annotations.NullMarked;
