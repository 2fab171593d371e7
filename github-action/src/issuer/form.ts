// SPDX-License-Identifier: Apache-2.0
import type { Call } from './calls.js';

/** A form POST to an endpoint of the issuer. */
export function formPost(
  issuer: string,
  path: string,
  parameters: Readonly<Record<string, string>>,
  more: Readonly<Record<string, string>> = {},
): Call['request'] {
  return {
    method: 'POST',
    url: new URL(issuer + path),
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json', ...more },
    body: new URLSearchParams(parameters).toString(),
  };
}
