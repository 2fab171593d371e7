// SPDX-License-Identifier: Apache-2.0
// Loaded before the action: a machine whose clock is an hour slow.
const { now } = Date;

Date.now = () => now() - 3_600_000;
