// SPDX-License-Identifier: Apache-2.0
// Loaded before the action: its seconds pass forty times as fast, so that a test need not wait for a minute.
const FACTOR = 40;
const { setTimeout: real } = globalThis;
const hrtime = process.hrtime.bigint;

globalThis.setTimeout = (act, ms, ...args) => real(act, ms / FACTOR, ...args);
process.hrtime.bigint = () => hrtime() * BigInt(FACTOR);
