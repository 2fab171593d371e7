// SPDX-License-Identifier: Apache-2.0

/**
 * Whether an object of a JSON text has a member name twice: JSON.parse takes the last of them where another reader takes the
 * first, so that the two would see two documents (RFC 8259 section 4). A name with an escape in it counts as repeated, since it
 * may spell any other. The text must be one that JSON.parse has taken.
 */
export function hasRepeatedNames(json: string): boolean {
  const open: Set<string>[] = [];
  for (const [token, name] of json.matchAll(TOKENS)) {
    if (token === '{' || token === '[') {
      open.push(new Set());
    } else if (token === '}' || token === ']') {
      open.pop();
    } else if (name !== undefined) {
      const names = open.at(-1);
      if (name.includes('\\') || names?.has(name)) {
        return true;
      }
      names?.add(name);
    }
  }
  return false;
}

/** A bracket, a name with its colon, or another string, whose content must not be taken for either. */
const TOKENS = /[{}[\]]|"((?:[^"\\]|\\.)*)"\s*:|"(?:[^"\\]|\\.)*"/g;
