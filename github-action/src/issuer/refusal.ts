// SPDX-License-Identifier: Apache-2.0
import { type JsonObject, textOf } from '../base/json.js';
import { printable } from '../base/printable.js';

/** The issuer's no (RFC 6749 section 5.2). All text is printable. */
export type Refusal = {
  /** The wire code; open, since issuers grow. */
  readonly code: string;
  readonly description: string | undefined;
  /** What the policy owner needs to look up the full reason. */
  readonly requestId: string | undefined;
};

/** Undefined when the body is no OAuth error. A description that repeats the secret of the request is dropped. */
export function parseRefusal(body: JsonObject | undefined, secret: string): Refusal | undefined {
  const code = body && textOf(body, 'error');
  if (body === undefined || code === undefined || !/^[a-z0-9_]{1,64}$/.test(code)) {
    return undefined;
  }
  const description = textOf(body, 'error_description');
  const isSafe = description !== undefined && !description.includes(secret);
  return { code, description: isSafe ? printable(description) : undefined, requestId: requestIdOf(body) };
}

export function requestIdOf(body: JsonObject): string | undefined {
  const id = textOf(body, 'request_id');
  return id !== undefined && /^[A-Za-z0-9._:-]{1,128}$/.test(id) ? id : undefined;
}
