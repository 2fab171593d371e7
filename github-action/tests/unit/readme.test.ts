// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const README = lines(readFileSync('README.md', 'utf8'));
const EXAMPLES = '../docs/examples/github';
/** Shown on another page: infra/probe/README.md leads to the probe. */
const ELSEWHERE: Readonly<Record<string, string | undefined>> = {
  'probe-issuer.yml': undefined,
  'try-with-act.yml': '../docs/try-github-action.md',
  'policy-diff.yml': '../docs/policy-review.md',
  'rotate-root-key.yml': '../docs/approve-github.md',
};

for (const name of readdirSync(EXAMPLES).filter((file) => file.endsWith('.yml'))) {
  const page = Object.hasOwn(ELSEWHERE, name) ? ELSEWHERE[name] : 'README.md';
  if (page !== undefined) {
    test(`${page} shows ${name} as it is`, () => {
      shows(page, `docs/examples/github/${name}`);
    });
  }
}

test('the page about approving from GitHub shows its policy as it is', () => {
  shows('../docs/approve-github.md', 'docs/examples/approvals/github.yaml');
});

function shows(page: string, example: string): void {
  const blocks = lines(readFileSync(page, 'utf8')).matchAll(/<!-- (docs\/\S+) -->\n```yaml\n([\s\S]*?)```/g);
  const [shown] = [...blocks].filter(([, file]) => file === example);
  assert.equal(shown?.[2], lines(readFileSync(join('..', example), 'utf8')));
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
