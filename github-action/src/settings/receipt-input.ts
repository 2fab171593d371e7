// SPDX-License-Identifier: Apache-2.0
import { resolve } from 'node:path';
import { inputsOf } from './inputs.js';

/** Where the receipt is to be written; undefined if the workflow does not ask for one. */
export function receiptFile(env: NodeJS.ProcessEnv): string | undefined {
  const inputs = inputsOf(env);
  const path = inputs('receipt');
  return path === '' ? undefined : resolve(env['GITHUB_WORKSPACE'] || '.', path);
}
