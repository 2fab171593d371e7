// SPDX-License-Identifier: Apache-2.0
import { type Checked, fault, ok } from '../base/checked.js';
import { parseIssuerUrl } from '../issuer/issuer-url.js';
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

/** A step's own text, which no other step can change; any earlier one can write the variable. */
export function isIssuerWritten(inputs: Inputs): boolean {
  return inputs('issuer') !== '';
}

/**
 * The audience of the ID token: the issuer's URL unless the workflow says otherwise. It may do so only if it also names the issuer:
 * otherwise whoever sets the variable would be sent an ID token with somebody else's audience.
 */
export function audienceFor(issuer: string, inputs: Inputs): Checked<string> {
  const written = inputs('id-token-audience');
  return written === '' || isIssuerWritten(inputs)
    ? ok(written || issuer)
    : fault('id-token-audience needs the input issuer: an earlier step could have changed TASKBOUND_ISSUER');
}
