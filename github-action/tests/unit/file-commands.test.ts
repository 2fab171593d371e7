// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FileCommands, fileCommands } from '../../src/runner/file-commands.js';
import { pairsIn } from '../rig/runner-files.js';

const ENV = { GITHUB_OUTPUT: 'o', GITHUB_STATE: 's', GITHUB_STEP_SUMMARY: 'y' };

test('writes a value of several lines so that the runner reads it back', () => {
  const text = appended({}, (files) => files.setOutput('name', 'a\nb=c\nd<<EOF'));
  assert.deepEqual(pairsIn(text['o'] ?? ''), { name: 'a\nb=c\nd<<EOF' });
});

test('begins on a line of its own after a command that left its line open', () => {
  const text = appended({ o: 'open=1' }, (files) => files.setOutput('name', 'value'));
  assert.deepEqual(pairsIn(text['o'] ?? ''), { open: '1', name: 'value' });
});

test('a file that the runner did not name is left out', () => {
  assert.deepEqual(
    appended({}, (files) => files.saveState('name', 'value'), {}),
    {},
  );
});

function appended(
  before: Record<string, string>,
  act: (files: FileCommands) => void,
  env: NodeJS.ProcessEnv = ENV,
): Record<string, string> {
  const texts = { ...before };
  act(
    fileCommands(env, {
      append: (path, text) => {
        texts[path] = (texts[path] ?? '') + text;
      },
      lastByte: (path) => texts[path]?.charCodeAt(texts[path].length - 1),
      eol: '\n',
      randomUuid: () => '00000000-0000-4000-8000-000000000000',
    }),
  );
  return texts;
}
