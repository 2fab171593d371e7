// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const README = lines(readFileSync('README.md', 'utf8'));
const EXAMPLES = '../docs/examples/github';
const INCLUDED = [...README.matchAll(/<!-- docs\/examples\/github\/(\S+) -->\n```yaml\n([\s\S]*?)```/g)];
/** Without the action: infra/probe/README.md leads to it. */
const PROBE = 'probe-issuer.yml';

for (const name of readdirSync(EXAMPLES).filter((file) => file.endsWith('.yml') && file !== PROBE)) {
  test(`the README shows ${name} as it is`, () => {
    const [shown] = INCLUDED.filter(([, file]) => file === name);
    assert.equal(shown?.[2], lines(readFileSync(`${EXAMPLES}/${name}`, 'utf8')));
  });
}

test('the README has a row for each input and output of action.yml', () => {
  const declared = readFileSync('action.yml', 'utf8').matchAll(/^ {2}([a-z-]+):$/gm);
  for (const [, name] of declared) {
    assert.match(README, new RegExp(`^\\| \`${name}\` \\|`, 'm'));
  }
});

test('the README says in bold what scope: job costs', () => {
  assert.match(README, /`scope: job`[^*]*\*\*It costs what this action is for:[^*]+\*\*/);
});

test('the example with a step of others names the issuer where that step cannot change it', () => {
  const example = readFileSync(`${EXAMPLES}/uses-step.yml`, 'utf8');
  assert.equal(example.match(/^ {10}issuer: /gm)?.length, 2);
  assert.doesNotMatch(example, /TASKBOUND_ISSUER/);
});

function lines(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
