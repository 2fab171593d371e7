// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.inject;

import io.taskbound.cli.proxy.EnvironmentProxies;
import io.taskbound.cli.rules.RuleSet;
import java.util.Optional;

/**
 * Where a command's requests go.
 *
 * @param rules which requests are which use of the token; without them, whatever is below the target's base is passed
 *     on
 * @param proxies of the network, on the way to the service
 */
public record InjectPlan(InjectTarget target, Optional<RuleSet> rules, EnvironmentProxies proxies) {}
