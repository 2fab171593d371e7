// SPDX-License-Identifier: Apache-2.0

/** Reads a file of outputs or state as the runner does, and throws where the runner would fail the step. */
export function pairsIn(text: string): Record<string, string> {
  const lines = text.split(/\r?\n/);
  const pairs: Record<string, string> = {};
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line === '') {
      continue;
    }
    const [, heredoc, delimiter] = /^([^=]+?)<<(.+)$/.exec(line) ?? [];
    if (heredoc === undefined || delimiter === undefined) {
      const equals = line.indexOf('=');
      if (equals < 1) {
        throw new Error(`not a pair: ${line}`);
      }
      pairs[line.slice(0, equals)] = line.slice(equals + 1);
      continue;
    }
    const end = lines.indexOf(delimiter, at + 1);
    if (end < 0) {
      throw new Error(`no end for ${heredoc}`);
    }
    pairs[heredoc] = lines.slice(at + 1, end).join('\n');
    at = end;
  }
  return pairs;
}
