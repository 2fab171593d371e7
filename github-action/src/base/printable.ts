// SPDX-License-Identifier: Apache-2.0

const MAX_LENGTH = 512;

/**
 * Foreign text made safe for a log line: everything outside printable ASCII is written as an escape, so that no text can
 * break a line, colour a terminal, reverse its neighbours or start a workflow command. Cut after 512 characters.
 */
export function printable(text: string): string {
  return text.length <= MAX_LENGTH ? escaped(text) : `${escaped(text.slice(0, MAX_LENGTH))}...`;
}

/** A YAML double-quoted scalar that reads back as the very text. */
export function quoted(text: string): string {
  return `"${escaped(text.replaceAll('\\', '\\\\').replaceAll('"', '\\"'))}"`;
}

/** True when a rule of the policy should not hold the text as it is: too long, or read as a pattern. */
export function isUnfitForARule(text: string): boolean {
  return text.length > MAX_LENGTH || /[*{}]/.test(text);
}

function escaped(text: string): string {
  return Array.from(text, escapedPoint).join('');
}

function escapedPoint(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  if (point >= 0x20 && point < 0x7f) {
    return character;
  }
  const hex = point.toString(16).toUpperCase();
  return point > 0xffff ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`;
}
