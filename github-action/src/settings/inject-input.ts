// SPDX-License-Identifier: Apache-2.0
import { type Checked, fault, ok } from '../base/checked.js';
import { isPlainPath } from '../base/plain-path.js';
import { parseIssuerUrl } from '../issuer/issuer-url.js';
import type { Inputs } from './inputs.js';

/** The address of the service that the command calls, without a slash at its end. */
export function injected(inputs: Inputs): Checked<string | undefined> {
  const text = inputs('inject');
  if (text === '') {
    return ok(undefined);
  }
  const parsed = parseIssuerUrl(text);
  if (parsed.kind === 'fault') {
    return fault(`inject ${parsed.why}`);
  }
  const path = parsed.url.replace(/^https?:\/\/[^/]*/i, '');
  return path === '' || isPlainPath(path)
    ? ok(parsed.url)
    : fault('inject must have a path of letters, digits and ._~@+=,:-/ alone, or none');
}
