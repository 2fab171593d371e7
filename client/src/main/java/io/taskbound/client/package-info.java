// SPDX-License-Identifier: Apache-2.0
/**
 * Talk to a Taskbound issuer: {@link io.taskbound.client.IssuerClient} asks for task tokens, renews and closes them,
 * and redeems them for resource servers; {@link io.taskbound.client.HeldToken} keeps one alive and closes it, and
 * {@link io.taskbound.client.TokenHold} does so for a host with its own timer; {@link io.taskbound.client.TaskVerifier}
 * checks one offline; {@link io.taskbound.client.receipt.ReceiptVerifier} verifies receipts;
 * {@link io.taskbound.client.GithubRunner} fetches the ID token of a GitHub Actions job.
 */
@NullMarked
package io.taskbound.client;

import org.jspecify.annotations.NullMarked;
