// SPDX-License-Identifier: Apache-2.0
/** The step {@code withTaskToken}: a block of a Pipeline holds a token for one declared task, and only the block. */
package io.jenkins.plugins.taskbound;
