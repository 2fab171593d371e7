// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { summaryMarkdown } from '../../src/runner/summary.js';

test('nothing that is foreign is read as Markdown or HTML', () => {
  const foreign = '`<img src=x>` [a](b) *c* | d & @octocat\nnew';
  const text = summaryMarkdown({
    task: foreign,
    details: [{ task: foreign, actions: [foreign], locations: [], identifier: foreign }],
    facts: [['handle', foreign]],
  });
  for (const mark of ['<', '`', '[', '*', '@', 'new\n|', '& ']) {
    assert.ok(!text.includes(mark), mark);
  }
  assert.equal(text.split('\n').filter((line) => line.startsWith('|')).length, 4);
});
