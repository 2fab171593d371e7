// SPDX-License-Identifier: Apache-2.0
import { parseIssuerUrl } from '../issuer/issuer-url.js';
import { type Checked, fault, ok } from './checked.js';
import type { Inputs } from './inputs.js';

/** The input `issuer`, else the variable `TASKBOUND_ISSUER`. */
export function issuerUrl(inputs: Inputs, env: NodeJS.ProcessEnv): Checked<string> {
  const text = inputs('issuer') || (env['TASKBOUND_ISSUER'] ?? '').trim();
  if (text === '') {
    return fault(
      'issuer is missing: set the input issuer or the variable TASKBOUND_ISSUER to the URL of your issuer',
    );
  }
  const parsed = parseIssuerUrl(text);
  return parsed.kind === 'url' ? ok(parsed.url) : fault(`issuer ${parsed.why}`);
}

/** The audience of the ID token: the issuer's URL unless the workflow says otherwise. */
export function audienceFor(issuer: string, inputs: Inputs): string {
  return inputs('id-token-audience') || issuer;
}
