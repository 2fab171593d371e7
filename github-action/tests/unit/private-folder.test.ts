// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { makePrivateFolder, removePrivateFolder } from '../../src/command/private-folder.js';

const temp = mkdtempSync(join(tmpdir(), 'taskbound-test-'));
after(() => rmSync(temp, { recursive: true, force: true }));

test('only this user may enter the folder and read its files', { skip: process.platform === 'win32' }, () => {
  const folder = makePrivateFolder(temp, process.platform);
  const file = folder.write('token', 'secret');
  assert.equal(statSync(folder.path).mode & 0o777, 0o700);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  folder.remove();
  assert.ok(!existsSync(folder.path));
});

test('a file that is there already is not written over', () => {
  const folder = makePrivateFolder(temp, process.platform);
  folder.write('token', 'secret');
  assert.throws(() => folder.write('token', 'other'), /EEXIST/);
  folder.remove();
});

for (const name of [
  'taskbound-abc',
  'taskbound-abcdefg',
  'other-abcdef',
  'taskbound-../../',
  'taskbound-a.cdef',
]) {
  test(`${name} is not removed: no folder of ours has that name`, () => {
    const path = join(temp, 'keep');
    mkdirSync(path, { recursive: true });
    removePrivateFolder(`${temp}/${name}`, temp);
    assert.deepEqual(readdirSync(temp), ['keep']);
  });
}

test('a link of that name goes, what it leads to stays', { skip: process.platform === 'win32' }, () => {
  const target = join(temp, 'keep');
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, 'file'), '');
  symlinkSync(target, join(temp, 'taskbound-abcdef'));
  removePrivateFolder(join(temp, 'taskbound-abcdef'), temp);
  assert.ok(existsSync(join(target, 'file')));
});
