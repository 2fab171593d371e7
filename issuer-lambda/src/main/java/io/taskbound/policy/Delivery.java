// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

/**
 * How the issuer serves a resource server itself: such a service does not know our tokens, so a step gets a credential
 * of the service's own, as narrow as the task and as short as the step.
 */
public sealed interface Delivery permits GithubApp, AwsRole, Openbao {
    /** As a policy and the wire write it. */
    String kind();
}
