// SPDX-License-Identifier: Apache-2.0

const STEPS: readonly (readonly [seconds: number, unit: string])[] = [
  [86_400, 'd'],
  [3_600, 'h'],
  [60, 'min'],
];

/** A length of time as people say it: `45 s`, `4 min`, `3 h`; from two of a unit on, in that unit. */
export function ageText(seconds: number): string {
  const step = STEPS.find(([length]) => seconds >= 2 * length);
  return step === undefined ? `${seconds} s` : `${Math.floor(seconds / step[0])} ${step[1]}`;
}
