// SPDX-License-Identifier: Apache-2.0
/**
 * Where the ID token comes from that proves who is asking: a variable, a file, a command, or what the CI system itself
 * offers to a job: the runner of GitHub, the agents of Buildkite and CircleCI.
 */
@NullMarked
package io.taskbound.cli.idtoken;

import org.jspecify.annotations.NullMarked;
