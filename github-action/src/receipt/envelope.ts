// SPDX-License-Identifier: Apache-2.0
import { type KeyObject, verify } from 'node:crypto';
import { type Checked, fault, ok } from '../base/checked.js';
import { type JsonObject, objectsOf, parseJsonObject, textOf } from '../base/json.js';
import { hasRepeatedNames } from '../base/repeated-names.js';

/** The parts of a DSSE envelope (version 1), whose form was checked and whose signature was not. */
export type Envelope = {
  /** What was signed, if it was. */
  readonly payload: Buffer;
  readonly keyId: string;
  /** In DER. */
  readonly signature: Buffer;
};

const PAYLOAD_TYPE = 'application/vnd.in-toto+json';

const NO_ENVELOPE = fault(
  'it is not a DSSE envelope: one JSON object with payloadType, payload and signatures, nothing else and nothing twice',
);

/** Reads the form of an envelope, strictly: two readers must not see two receipts in one text. */
export function parseEnvelope(text: string): Checked<Envelope> {
  const envelope = parseJsonObject(text);
  if (!hasExactly(envelope, ['payloadType', 'payload', 'signatures']) || hasRepeatedNames(text)) {
    return NO_ENVELOPE;
  }
  if (textOf(envelope, 'payloadType') !== PAYLOAD_TYPE) {
    return fault(`its payloadType is not ${PAYLOAD_TYPE}`);
  }
  const [signature, ...more] = objectsOf(envelope, 'signatures') ?? [];
  if (signature === undefined || more.length > 0) {
    return fault('it does not have exactly one signature, as a receipt has');
  }
  return hasExactly(signature, ['keyid', 'sig']) ? partsOf(envelope, signature) : NO_ENVELOPE;
}

function partsOf(envelope: JsonObject, signature: JsonObject): Checked<Envelope> {
  const keyId = textOf(signature, 'keyid');
  const payload = base64Of(envelope, 'payload');
  const sig = base64Of(signature, 'sig');
  if (keyId === undefined) {
    return NO_ENVELOPE;
  }
  return payload === undefined || sig === undefined
    ? fault('its payload or its signature is not base64')
    : ok({ payload, keyId, signature: sig });
}

/** Whether this key signed this payload under this type: ECDSA over SHA-256, its two numbers in the one DER spelling. */
export function isSignedBy({ payload, signature }: Envelope, key: KeyObject): boolean {
  return verify('sha256', preAuthenticationEncoding(payload), { key, dsaEncoding: 'der' }, signature);
}

/** What a signature is over: type and payload, each after its length. */
function preAuthenticationEncoding(payload: Buffer): Buffer {
  const head = `DSSEv1 ${PAYLOAD_TYPE.length} ${PAYLOAD_TYPE} ${payload.length} `;
  return Buffer.concat([Buffer.from(head, 'ascii'), payload]);
}

function hasExactly(object: JsonObject | undefined, names: readonly string[]): object is JsonObject {
  return (
    object !== undefined &&
    Object.keys(object).length === names.length &&
    names.every((name) => Object.hasOwn(object, name))
  );
}

/** Standard base64 with padding, in its one spelling; undefined for anything else. */
function base64Of(object: JsonObject, name: string): Buffer | undefined {
  const text = textOf(object, name);
  const bytes = Buffer.from(text ?? '', 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}
