// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.credential.CredentialServices;
import io.taskbound.credential.Envelope;

/**
 * What an issuer needs in order to hand out credentials of foreign services.
 *
 * @param envelope seals what revoking them needs
 */
public record Delivering(CredentialServices services, Envelope envelope) {}
