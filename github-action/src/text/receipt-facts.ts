// SPDX-License-Identifier: Apache-2.0
import { type JsonObject, objectsOf, parseJsonObject, textOf, wholeOf } from '../base/json.js';

export type Fact = readonly [string, string];

/** A token's story in a few lines, as the issuer told it; the receipt itself is what can be verified. */
export function receiptFacts(envelope: string): readonly Fact[] {
  const payload = textOf(parseJsonObject(envelope) ?? {}, 'payload') ?? '';
  const statement = parseJsonObject(Buffer.from(payload, 'base64').toString('utf8')) ?? {};
  const said = memberOf(statement, 'predicate');
  return [
    ['redeemed', redeemed(said)],
    ['ended', ended(said)],
  ];
}

function redeemed(said: JsonObject): string {
  const count = wholeOf(said, 'use_count') ?? 0;
  const last = (objectsOf(said, 'uses') ?? []).at(-1);
  if (count === 0 || last === undefined) {
    return 'never';
  }
  const use = `${textOf(last, 'action') ?? '?'} by ${textOf(last, 'server') ?? '?'} at ${textOf(last, 'at') ?? '?'}`;
  return count === 1 ? `once: ${use}` : `${count} times: ${use} (last)`;
}

function ended(said: JsonObject): string {
  const end = memberOf(said, 'end');
  const cause = textOf(end, 'cause');
  return cause === undefined ? 'not yet' : `${cause}, at ${textOf(end, 'at') ?? '?'}`;
}

function memberOf(object: JsonObject, name: string): JsonObject {
  const value = Object.hasOwn(object, name) ? object[name] : undefined;
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}
