// SPDX-License-Identifier: Apache-2.0
import { isUtf8 } from 'node:buffer';
import {
  type JsonObject,
  objectOf,
  objectsOf,
  parseJsonObject,
  textOf,
  textsOf,
  wholeOf,
} from '../base/json.js';
import { hasRepeatedNames } from '../base/repeated-names.js';

/** A resource server redeemed the token; whether the work was done it does not say. */
export type ReceiptUse = { readonly at: string; readonly server: string; readonly action: string };

/** `by`: who ended it, or whose act it was. */
export type ReceiptEnd = { readonly at: string; readonly cause: string; readonly by: string };

/** A person approved the task. */
export type ReceiptApprover = {
  readonly at: string;
  readonly provider: string;
  readonly name: string;
};

/** What a receipt says, as far as the action needs it. Times are ISO 8601 in UTC; texts may be foreign. */
export type ReceiptStatement = {
  /** The issuer's URL. */
  readonly issuer: string;
  readonly handle: string;
  /** Thumbprint of the key that the token was bound to; undefined where it was bound to none. */
  readonly keyThumbprint: string | undefined;
  /** All uses, also those that are not among `uses`. */
  readonly useCount: number;
  /** The first ones, at most a hundred, in their order. */
  readonly uses: readonly ReceiptUse[];
  /** Undefined while the token was alive. */
  readonly end: ReceiptEnd | undefined;
  /** Who approved it; undefined where nobody had to. */
  readonly approvers: readonly ReceiptApprover[] | undefined;
};

const TYPE = 'https://in-toto.io/Statement/v1';
const PREDICATE_TYPE = 'https://taskbound.example/receipt/v1';
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/;

/**
 * Reads what was signed: an in-toto Statement v1 with the predicate of a receipt, version 1. It wants what `taskbound verify`
 * wants, also of members that are not shown, and passes over those that this version does not know. Undefined for anything else.
 */
export function parseStatement(payload: Buffer): ReceiptStatement | undefined {
  const text = isUtf8(payload) ? payload.toString('utf8') : '';
  const statement = parseJsonObject(text) ?? {};
  const predicate = objectOf(statement, 'predicate');
  const isReceipt =
    textOf(statement, '_type') === TYPE && textOf(statement, 'predicateType') === PREDICATE_TYPE;
  return predicate !== undefined && isReceipt && !hasRepeatedNames(text) && namesAll(predicate)
    ? read(predicate)
    : undefined;
}

function read(predicate: JsonObject): ReceiptStatement | undefined {
  const issuer = textOf(predicate, 'issuer');
  const handle = textOf(predicate, 'jti');
  const useCount = wholeOf(predicate, 'use_count');
  const uses = objectsOf(predicate, 'uses')?.map(readUse);
  const ended = Object.hasOwn(predicate, 'end');
  const end = readEnd(objectOf(predicate, 'end') ?? {});
  const approvers = readApprovers(objectOf(predicate, 'approval') ?? {});
  const keyThumbprint = textOf(objectOf(predicate, 'cnf') ?? {}, 'jkt');
  if (Object.hasOwn(predicate, 'cnf') !== (keyThumbprint !== undefined)) {
    return undefined;
  }
  if (Object.hasOwn(predicate, 'approval') !== (approvers !== undefined)) {
    return undefined;
  }
  if (issuer === undefined || handle === undefined || useCount === undefined) {
    return undefined;
  }
  return uses?.every((use) => use !== undefined) && ended === (end !== undefined)
    ? { issuer, handle, keyThumbprint, useCount, uses, end, approvers }
    : undefined;
}

function readUse(use: JsonObject): ReceiptUse | undefined {
  const at = timeOf(use, 'at');
  const server = textOf(use, 'server');
  const action = textOf(use, 'action');
  return at === undefined || server === undefined || action === undefined || !hasTexts(use, 'identifier')
    ? undefined
    : { at, server, action };
}

function readEnd(end: JsonObject): ReceiptEnd | undefined {
  const at = timeOf(end, 'at');
  const cause = textOf(end, 'cause');
  const deadSince = Object.hasOwn(end, 'dead_since') ? timeOf(end, 'dead_since') : at;
  const by = textOf(end, 'by');
  return at === undefined || cause === undefined || deadSince === undefined || by === undefined
    ? undefined
    : { at, cause, by };
}

function readApprovers(approval: JsonObject): readonly ReceiptApprover[] | undefined {
  const decisions = objectsOf(approval, 'decisions')?.map(readDecision);
  const isWhole =
    hasTexts(approval, 'id') &&
    timeOf(approval, 'requested') !== undefined &&
    wholeOf(approval, 'needed') !== undefined;
  return isWhole && decisions?.every((each) => each !== undefined)
    ? decisions.filter(({ decision }) => decision === 'approve')
    : undefined;
}

function readDecision(json: JsonObject): (ReceiptApprover & { decision: string }) | undefined {
  const decision = textOf(json, 'decision');
  const at = timeOf(json, 'at');
  const provider = textOf(json, 'provider');
  const name = textOf(json, 'name');
  if (decision === undefined || at === undefined || provider === undefined || name === undefined) {
    return undefined;
  }
  return hasTexts(json, 'issuer', 'person', 'text_sha256') ? { decision, at, provider, name } : undefined;
}

/** Who asked for what, under which policy, and when. */
function namesAll(predicate: JsonObject): boolean {
  const policy = objectOf(predicate, 'policy') ?? {};
  const permissions = objectsOf(predicate, 'permissions');
  return (
    hasTexts(predicate, 'task', 'state') &&
    hasTexts(objectOf(predicate, 'requester') ?? {}, 'provider', 'issuer', 'subject', 'run') &&
    hasTexts(objectOf(predicate, 'resource_server') ?? {}, 'name') &&
    hasTexts(policy, 'hash') &&
    wholeOf(policy, 'version') !== undefined &&
    (permissions?.every((each) => hasTexts(each, 'identifier') && hasList(each, 'actions')) ?? false) &&
    ['issued', 'expires', 'receipt_made'].every((name) => timeOf(predicate, name) !== undefined)
  );
}

function hasTexts(object: JsonObject, ...names: readonly string[]): boolean {
  return names.every((name) => textOf(object, name) !== undefined);
}

function hasList(object: JsonObject, name: string): boolean {
  return Object.hasOwn(object, name) && textsOf(object, name) !== undefined;
}

function timeOf(object: JsonObject, name: string): string | undefined {
  const text = textOf(object, name) ?? '';
  return TIME.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined;
}
