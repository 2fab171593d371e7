// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../../src/base/json.js';
import { parseRefusal } from '../../src/issuer/refusal.js';
import type { TaskDetail } from '../../src/issuer/task-detail.js';
import { refusalText } from '../../src/text/refusal-text.js';
import { contract } from '../rig/contract.js';

type Case = {
  name: string;
  details: Partial<TaskDetail>[];
  refusal: JsonObject;
  after_lost_answer: boolean;
  claims: JsonObject | null;
  text: string[];
};

const {
  issuer,
  now: nowSeconds,
  cases,
} = contract<{ issuer: string; now: number; cases: Case[] }>('refusal-text.json');

for (const vector of cases) {
  test(`explains ${vector.name}`, () => {
    const refusal = parseRefusal(vector.refusal, 'the ID token');
    assert.ok(refusal);
    const details = vector.details.map((detail) => ({
      task: '',
      identifier: '',
      actions: [],
      locations: [],
      ...detail,
    }));
    const afterLostAnswer = vector.after_lost_answer;
    const claims = vector.claims ?? undefined;
    const text = refusalText({ issuer, details, refusal, afterLostAnswer, claims, nowSeconds });
    assert.deepEqual(text, vector.text);
  });
}

test('a description that repeats the ID token is dropped', () => {
  const refusal = parseRefusal({ error: 'invalid_request', error_description: 'bad token a.b.c' }, 'a.b.c');
  assert.equal(refusal?.description, undefined);
});

test('a code that no issuer of ours gives is no refusal', () => {
  assert.equal(parseRefusal({ error: '::error::x' }, 'a.b.c'), undefined);
});
