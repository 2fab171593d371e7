// SPDX-License-Identifier: Apache-2.0

/** One concrete target; the issuer and the Java client have the same rule. */
export const IDENTIFIER_RULE =
  'one concrete target: 1 to 512 letters, digits and ._~@+=,/:- without // and without a part that is only dots';

const MAX_LENGTH = 512;

/** What is wrong with the text, as the end of a sentence about it; it names a character and never repeats the text. */
export function identifierFault(text: string): string | undefined {
  if (text === '') {
    return 'is empty';
  }
  if (text.length > MAX_LENGTH) {
    return `is longer than ${MAX_LENGTH} characters`;
  }
  const foreign = /[^A-Za-z0-9._~@+=,/:-]/u.exec(text)?.[0];
  if (foreign !== undefined) {
    return `has the character ${shown(foreign)}`;
  }
  if (text.includes('//')) {
    return 'has //';
  }
  return /(^|[/:@+=,])[.]+([/:@+=,]|$)/.test(text) ? 'has a part that is only dots' : undefined;
}

function shown(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code > 0x20 && code < 0x7f
    ? `'${character}'`
    : `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}
