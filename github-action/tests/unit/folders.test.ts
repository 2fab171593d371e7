// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { test } from 'node:test';

/** The folders of src/, the lowest first: a file may import from its own folder and from those before it. */
const FOLDERS: readonly string[] = [
  'base', // JSON, printable text, times, validated settings; knows nothing of tokens
  'issuer', // the issuer's endpoints, and how a call is tried again
  'credential', // credentials that the issuer delivers for one step: fetched, put into variables, served
  'inject', // adds a token to what a command sends, so that the command does not get it
  'receipt', // asks for a token's receipt, and verifies it with the issuer's keys
  'text', // the sentences that every client of ours prints
  'command', // shell, script, process and environment of the wrapped command
  'runner', // the runner's lines and files
  'settings', // what the workflow asks for
  'world', // all that the action touches outside its memory
  'token', // one token in hand: masks, heartbeat, close
  'approval', // waits for people who have to approve
  'life', // what main, post and close do with it
];
/** The entry points lie in src/ itself and may import from every folder. */
const TOP = FOLDERS.length;

type Import = { readonly from: string; readonly to: string };

test('imports point down only', () => {
  const upward = importsOf('src').filter(({ from, to }) => levelOf(to) > levelOf(from));
  assert.deepEqual(upward, []);
});

test('every folder has its place', () => {
  const folders = readdirSync('src', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  assert.deepEqual(folders.map(({ name }) => name).sort(), [...FOLDERS].sort());
});

function importsOf(root: string): readonly Import[] {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  return files.flatMap((name) => {
    const text = readFileSync(join(root, name), 'utf8');
    const found = text.matchAll(/(?:from|import|import\() ?'(\.[^']+)'/g);
    return [...found].map(([, path = '']) => ({ from: name, to: join(name, '..', path) }));
  });
}

function levelOf(path: string): number {
  const [folder = '', file] = path.split(sep);
  const level = file === undefined ? TOP : FOLDERS.indexOf(folder);
  assert.notEqual(level, -1, `${folder} has no place in FOLDERS`);
  return level;
}
