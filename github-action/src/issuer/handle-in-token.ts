// SPDX-License-Identifier: Apache-2.0
import { type JsonObject, parseJsonObject, textOf } from '../base/json.js';
import type { Secret } from './secret.js';

const BASE64URL = /^[A-Za-z0-9_-]+$/;

/**
 * Whether a token is a signed JWT whose `jti` is the handle that came beside it. The handle is shown, saved and closed by; a peer
 * that names another token's handle must not get its own token known under it. The signature is not checked.
 */
export function isNamed(token: Secret, handle: string): boolean {
  const [header = '', claims = '', signature = '', ...more] = token.reveal().split('.');
  const named = decoded(claims);
  return (
    more.length === 0 &&
    BASE64URL.test(signature) &&
    textOf(decoded(header) ?? {}, 'alg') !== undefined &&
    named !== undefined &&
    textOf(named, 'jti') === handle
  );
}

function decoded(part: string): JsonObject | undefined {
  return BASE64URL.test(part) ? parseJsonObject(Buffer.from(part, 'base64url').toString('utf8')) : undefined;
}
