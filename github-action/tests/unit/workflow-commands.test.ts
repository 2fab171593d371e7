// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { workflowCommands } from '../../src/runner/workflow-commands.js';

test('says lines with a name before them', () => {
  assert.equal(
    written((log) => log.say(['one', 'two'])),
    'taskbound: one\ntaskbound: two\n',
  );
});

test("keeps the runner's older form of a command from standing in a line", () => {
  assert.equal(
    written((log) => log.say(['a##[error]b'])),
    'taskbound: a##\\u005Berror]b\n',
  );
});

test('escapes what would end an annotation', () => {
  assert.equal(
    written((log) => log.fail(['100 %', 'a\r::b'])),
    '::error title=taskbound::100 %25%0Aa%0D::b\n',
  );
});

test('writes the further lines of an annotation as lines of their own for a runner that shows no line breaks in it', () => {
  assert.equal(
    written((log) => log.fail(['100 %', 'a##[error]b\n::add-mask::x']), false),
    '::error title=taskbound::100 %25\ntaskbound: a##\\u005Berror]b\ntaskbound: ::add-mask::x\n',
  );
});

test('masks each text by a command of its own', () => {
  assert.equal(
    written((log) => log.mask(['a%b', 'c'])),
    '::add-mask::a%25b\n::add-mask::c\n',
  );
});

test('begins a line of its own while a command prints, and once more after it', () => {
  assert.equal(
    written((log) => {
      log.commandStarts();
      log.say(['one']);
      log.say(['two']);
      log.commandEnds();
      log.warn(['three']);
      log.say(['four']);
    }),
    '\ntaskbound: one\n\ntaskbound: two\n\n::warning title=taskbound::three\ntaskbound: four\n',
  );
});

test('masks in pieces that arrive whole while a command prints, and never a line that could be torn', () => {
  const writes: string[] = [];
  const log = workflowCommands(
    (text) => {
      writes.push(text);
    },
    '\n',
    true,
  );
  log.commandStarts();
  log.mask([...Array.from({ length: 10 }, (_, at) => String(at).repeat(1000)), 'x'.repeat(5000)]);
  assert.ok(writes.every((text) => text.length <= 4096 && text.startsWith('\n::add-mask::')));
  assert.equal(writes.join('').match(/::add-mask::/g)?.length, 10);
  assert.doesNotMatch(writes.join(''), /xxxx/);
});

function written(act: (log: ReturnType<typeof workflowCommands>) => void, decodes = true): string {
  let text = '';
  act(
    workflowCommands(
      (more) => {
        text += more;
      },
      '\n',
      decodes,
    ),
  );
  return text;
}
