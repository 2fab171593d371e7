// SPDX-License-Identifier: Apache-2.0
import { type Checked, fault, ok } from '../base/checked.js';

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };
const MAX_SECONDS = 3600;

/** `90s`, `10m`, `1h`: at most an hour, which is the most that any policy allows. */
export function durationSeconds(name: string, text: string): Checked<number> {
  const [, amount, unit] = /^([1-9]\d{0,3})([smh])$/.exec(text) ?? [];
  const seconds = Number(amount) * (SECONDS[unit ?? ''] ?? 0);
  return seconds >= 1 && seconds <= MAX_SECONDS
    ? ok(seconds)
    : fault(`${name} must be a duration such as 90s or 10m, at most 1h`);
}
