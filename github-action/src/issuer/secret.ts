// SPDX-License-Identifier: Apache-2.0
import { inspect } from 'node:util';

const MAX_LENGTH = 16 * 1024;

/** A bearer secret. It shows its kind wherever it is printed, inspected or turned into JSON; `reveal` is the way to its text. */
export type Secret = {
  readonly reveal: () => string;
  readonly toString: () => string;
  readonly toJSON: () => string;
};

/**
 * Undefined for what cannot be a token: empty, over 16 KB, a blank or a control character. A line break would end a header
 * line or a workflow command and let the rest through as something else.
 */
export function parseSecret(
  kind: 'ID token' | 'task token' | 'holder verifier' | 'credential',
  text: string,
): Secret | undefined {
  if (text === '' || text.length > MAX_LENGTH || !/^[\x21-\x7e]*$/.test(text)) {
    return undefined;
  }
  const shown = () => `[${kind}]`;
  const secret = { reveal: () => text, toString: shown, toJSON: shown, [inspect.custom]: shown };
  return secret;
}
