// SPDX-License-Identifier: Apache-2.0
/** What infra/template.yaml makes of an AWS account, told without one. */
@NullMarked
package io.taskbound.stack;

import org.jspecify.annotations.NullMarked;
