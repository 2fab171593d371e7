// SPDX-License-Identifier: Apache-2.0
import { type Checked, fault, ok } from '../base/checked.js';

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };
const AN_HOUR = { seconds: 3600, text: '1h' };

/** `90s`, `10m`, `1h`: at most an hour unless said, which is the most that any policy allows a token. */
export function durationSeconds(
  name: string,
  text: string,
  most: { readonly seconds: number; readonly text: string } = AN_HOUR,
): Checked<number> {
  const [, amount, unit] = /^([1-9]\d{0,4})([smh])$/.exec(text) ?? [];
  const seconds = Number(amount) * (SECONDS[unit ?? ''] ?? 0);
  return seconds >= 1 && seconds <= most.seconds
    ? ok(seconds)
    : fault(`${name} must be a duration such as 90s or 10m, at most ${most.text}`);
}
