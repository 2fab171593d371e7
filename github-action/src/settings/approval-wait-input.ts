// SPDX-License-Identifier: Apache-2.0
import { type Checked, ok } from '../base/checked.js';
import { durationSeconds } from './duration.js';
import type { Inputs } from './inputs.js';

/** The longest time that a policy lets people take. */
const DAY_SECONDS = 86_400;

/** How long to wait for people who have to approve: undefined for as long as the issuer lets them, 0 for not at all. */
export function approvalWait(inputs: Inputs): Checked<number | undefined> {
  const text = inputs('approval-wait');
  if (text === '') {
    return ok(undefined);
  }
  return text === '0'
    ? ok(0)
    : durationSeconds('approval-wait', text, { seconds: DAY_SECONDS, text: '24h, or 0 to not wait' });
}
