// SPDX-License-Identifier: Apache-2.0
// Loaded before the action: its seconds pass forty times as fast, so that a test need not wait for a minute.
const promises = require('node:timers/promises');

const FACTOR = 40;
const { setTimeout: start } = globalThis;
const { setTimeout: wait } = promises;
const hrtime = process.hrtime.bigint;

globalThis.setTimeout = (act, ms, ...args) => start(act, ms / FACTOR, ...args);
promises.setTimeout = (ms, ...args) => wait(ms / FACTOR, ...args);
process.hrtime.bigint = () => hrtime() * BigInt(FACTOR);
