// SPDX-License-Identifier: Apache-2.0
/**
 * Talk to a Taskbound issuer: {@link io.taskbound.client.IssuerClient} asks for task tokens, renews and closes them, and
 * redeems them for resource servers; {@link io.taskbound.client.HeldToken} keeps one alive and closes it;
 * {@link io.taskbound.client.TaskVerifier} checks one offline; {@link io.taskbound.client.RefusalText} explains a refusal.
 */
@NullMarked
package io.taskbound.client;

import org.jspecify.annotations.NullMarked;
