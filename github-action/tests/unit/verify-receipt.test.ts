// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { sign } from 'node:crypto';
import { test } from 'node:test';
import { parseKeySet } from '../../src/receipt/key-set.js';
import { type Expected, verifyReceipt } from '../../src/receipt/verify.js';
import { contractText } from '../rig/contract.js';
import { envelopeOf, jwksOf, newSigningKey, receiptOf, SIGNING_KEY, signedReceipt } from '../rig/receipts.js';

const SAMPLE = contractText('receipt/receipt.intoto.json').trim();
const ISSUER = 'https://tokens.acme.example';
const HANDLE = 'sPKdzLtM43hTMoldaSmlzQ.RPiwttZWoRfEV8WMnItcLvFmadqRv3GV';
const OF_SAMPLE: Expected = {
  issuer: ISSUER,
  handle: HANDLE,
  keys: parseKeySet(contractText('receipt/jwks.json')),
};
const OF_OWN: Expected = { ...OF_SAMPLE, keys: parseKeySet(jwksOf(SIGNING_KEY)) };
const OWN = receiptOf({ issuer: ISSUER, handle: HANDLE });

const NO_ENVELOPE = /^it is not a DSSE envelope: /;
const BAD_SIGNATURE = /^its signature does not verify: /;
const NO_RECEIPT = /^what was signed is not a receipt /;

test('the sample holds, and says what it says', () => {
  const verified = verifyReceipt(`${SAMPLE}\n`, OF_SAMPLE);

  assert.ok(verified.kind === 'ok');
  assert.equal(verified.value.envelope, SAMPLE);
  assert.equal(verified.value.keyId, 'neYEeNKRIRgZrgNAAPOYM4Rd3G-zaYc20BJXOyQsvJk');
  assert.deepEqual(verified.value.statement, {
    issuer: ISSUER,
    handle: HANDLE,
    keyThumbprint: undefined,
    useCount: 1,
    uses: [{ at: '2026-11-23T10:00:01.560Z', server: 'signer', action: 'sign' }],
    end: { at: '2026-11-23T10:00:01.560Z', cause: 'spent', by: 'signer' },
    approvers: undefined,
  });
});

test('so it does with other blanks, as an editor writes it', () => {
  assert.equal(verifyReceipt(SAMPLE.replaceAll(':', ': ').replaceAll(',', ',\n '), OF_SAMPLE).kind, 'ok');
});

test('no byte of it can be another one', () => {
  const bytes = Buffer.from(SAMPLE);
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    assert.equal(verifyReceipt(changed.toString('utf8'), OF_SAMPLE).kind, 'fault', `byte ${at}`);
  }
});

test('nor can any be missing or come after', () => {
  for (let length = 0; length < SAMPLE.length; length++) {
    assert.equal(verifyReceipt(SAMPLE.slice(0, length), OF_SAMPLE).kind, 'fault', `${length} characters`);
  }
  for (const more of ['x', '{}', SAMPLE, '\u0000']) {
    refused(SAMPLE + more, NO_ENVELOPE);
  }
});

test('what is no envelope, has a member twice or one too many', () => {
  for (const text of [
    '',
    'null',
    '[]',
    '"x"',
    '{',
    '{}',
    '{"payload":"e30="}',
    '\ufeff{}',
    '['.repeat(100_000),
  ]) {
    refused(text, NO_ENVELOPE);
  }
  refused(SAMPLE.replace('{', '{"payloadType":"x",'), NO_ENVELOPE);
  refused(SAMPLE.replace('{', '{"more":1,'), NO_ENVELOPE);
  refused(SAMPLE.replace('{', '{"__proto__":1,'), NO_ENVELOPE);
  refused(SAMPLE.replace('{"keyid"', '{"keyid":"x","keyid"'), NO_ENVELOPE);
  refused(SAMPLE.replace('{"keyid"', '{"cert":"x","keyid"'), NO_ENVELOPE);
  refused(SAMPLE.replace(/"keyid":"[^"]*","sig"/, '"keyid,sig"'), NO_ENVELOPE);
  // A name that an escape spells is one that a second reader could see twice.
  refused(SAMPLE.replace('"keyid"', '"k\\u0065yid"'), NO_ENVELOPE);
});

test('another payload type', () => {
  refused(
    SAMPLE.replace('vnd.in-toto+json', 'json'),
    /^its payloadType is not application\/vnd\.in-toto\+json$/,
  );
  refused(SAMPLE.replace('"application/vnd.in-toto+json"', '7'), /^its payloadType is not /);
});

test('no signature, and several', () => {
  const [, one = ''] = /"signatures":\[(.*)\]\}$/.exec(SAMPLE) ?? [];
  for (const [from, to] of [
    [one, ''],
    [one, `${one},${one}`],
    [`[${one}]`, one],
    [one, '7'],
  ] as const) {
    refused(
      SAMPLE.replace(from, () => to),
      /^it does not have exactly one signature/,
    );
  }
});

test('base64 in another spelling', () => {
  const [, sig = ''] = /"sig":"([^"]*)"/.exec(SAMPLE) ?? [];
  for (const other of [sig.replace('=', ''), sig.slice(1), '-_', ` ${sig}`]) {
    refused(SAMPLE.replace(sig, other), /^its payload or its signature is not base64$/);
  }
  refused(SAMPLE.replace(`"${sig}"`, 'null'), /is not base64$/);
});

test('a key that the issuer does not publish', () => {
  refused(SAMPLE, /^none of the keys that the issuer publishes has its key id$/, OF_OWN);
  refused(SAMPLE.replace('"keyid":"', '"keyid":"x'), /has its key id$/);
});

test('what the key did not sign: a stranger under its name, another payload, a signature in another form', () => {
  refused(signedReceipt(OWN, newSigningKey(SIGNING_KEY.kid)), BAD_SIGNATURE, OF_OWN);
  const { payload } = JSON.parse(SAMPLE) as { payload: string };
  refused(
    SAMPLE.replace(payload, Buffer.from(OWN.replace('spent', 'other')).toString('base64')),
    BAD_SIGNATURE,
  );
  const [, sig = ''] = /"sig":"([^"]*)"/.exec(SAMPLE) ?? [];
  const der = Buffer.from(sig, 'base64');
  const [, length = 0, , ofFirst = 0] = der;
  for (const other of [
    Buffer.alloc(0),
    Buffer.from([0x30]),
    Buffer.from([0x30, 6, 2, 1, 0, 2, 1, 0]),
    Buffer.alloc(64),
    Buffer.alloc(5_000),
    Buffer.concat([der, Buffer.from([0])]),
    // The same numbers in BER: a length in its long form, and one zero more.
    Buffer.concat([Buffer.from([0x30, 0x81]), der.subarray(1)]),
    Buffer.concat([Buffer.from([0x30, length + 1, 2, ofFirst + 1, 0]), der.subarray(4)]),
  ]) {
    refused(SAMPLE.replace(sig, other.toString('base64')), BAD_SIGNATURE);
  }
});

test('the signature of a token, which the same key makes', () => {
  const payload = Buffer.from(OWN);
  const signature = sign('sha256', payload, SIGNING_KEY.privateKey);
  refused(envelopeOf(payload, SIGNING_KEY.kid, signature), BAD_SIGNATURE, OF_OWN);
});

test('what was signed and is no receipt of this version', () => {
  assert.equal(verifyReceipt(signedReceipt(OWN), OF_OWN).kind, 'ok');
  for (const statement of [
    '{}',
    '[]',
    'no json',
    `\ufeff${OWN}`,
    OWN.replace('receipt/v1', 'receipt/v2'),
    OWN.replace('Statement/v1', 'Statement/v0.1'),
    OWN.replace('"task":', '"task":"x","task":'),
    OWN.replace('2026-11-23T10:00:02.295Z', 'yesterday'),
    OWN.replace('2026-11-23T10:00:02.295Z', '2026-13-23T10:00:02.295Z'),
    OWN.replace('"use_count":1', '"use_count":"1"'),
    OWN.replace('"cause":"spent",', ''),
    OWN.replace('"server":"signer",', ''),
    OWN.replace(/"end":\{[^}]*\}/, '"end":null'),
    OWN.replace('"hash":', '"sum":'),
    OWN.replace('"actions":["sign"]', '"actions":"sign"'),
    // A byte that is no UTF-8, inside a text.
    Buffer.from(OWN.replace('octocat', 'octo\u00ffcat'), 'latin1'),
  ]) {
    assert.notEqual(statement, OWN);
    refused(signedReceipt(statement), NO_RECEIPT, OF_OWN);
  }
});

test('a receipt of a live token, and one with what a later issuer may add, hold', () => {
  const live = verifyReceipt(signedReceipt(OWN.replace(/,"end":\{[^}]*\}/, '')), OF_OWN);
  assert.ok(live.kind === 'ok');
  assert.equal(live.value.statement.end, undefined);
  const more = OWN.replace('"txn":', '"approvals":[{"by":"jane"}],"txn":');
  assert.equal(verifyReceipt(signedReceipt(more), OF_OWN).kind, 'ok');
});

test('a receipt that names another issuer says which; a slash at the end names the same one', () => {
  const other = receiptOf({ issuer: 'https://other.example/\u001b[2J', handle: HANDLE });
  refused(
    signedReceipt(other),
    /^it names another issuer: if https:\/\/other\.example\/\\u001B\[2J is yours, write the input issuer like that$/,
    OF_OWN,
  );
  const slashed = receiptOf({ issuer: `${ISSUER}/`, handle: HANDLE });
  assert.equal(verifyReceipt(signedReceipt(slashed), OF_OWN).kind, 'ok');
});

test("another token's receipt", () => {
  refused(SAMPLE, /^it is the receipt of another token$/, { ...OF_SAMPLE, handle: `${HANDLE}x` });
});

function refused(text: string, why: RegExp, expected: Expected = OF_SAMPLE): void {
  const verified = verifyReceipt(text, expected);
  assert.ok(verified.kind === 'fault', text.slice(0, 80));
  assert.match(verified.fault, why);
}
