// SPDX-License-Identifier: Apache-2.0
import { type JsonObject, parseJsonObject, textOf, wholeOf } from '../base/json.js';
import { isHandle } from '../issuer/handle.js';
import { parseIssuerUrl } from '../issuer/issuer-url.js';
import type { FileCommands } from './file-commands.js';

/** Who ends the token: `step` this very step, the others a later one, or the end of the job. */
export type Scope = 'step' | 'until-closed' | 'job';

/**
 * What main leaves for post. Never the token: every step of the job can read it. `minting` is saved before the token is asked
 * for, so that a crash in between leaves a trace.
 */
export type SavedState =
  | { readonly phase: 'minting'; readonly issuer: string; readonly folder: string | undefined }
  | {
      readonly phase: 'held';
      readonly issuer: string;
      readonly scope: Scope;
      readonly handle: string;
      readonly task: string;
      readonly grantedAt: number;
      readonly expiresAt: number;
      /** Where the files for the command lie; undefined where there are none. */
      readonly folder: string | undefined;
    }
  | { readonly phase: 'done' };

const NAME = 'taskbound';

/** The variable by which the runner hands a state to post. */
export const STATE_VARIABLE = `STATE_${NAME}`;

export function saveState(files: Pick<FileCommands, 'saveState'>, state: SavedState): void {
  files.saveState(NAME, JSON.stringify(state));
}

/** Undefined if main left nothing, or what is there is not ours. */
export function parseSavedState(text: string | undefined): SavedState | undefined {
  const state = parseJsonObject(text ?? '');
  switch (state && textOf(state, 'phase')) {
    case 'minting':
      return parseMinting(state ?? {});
    case 'held':
      return parseHeld(state ?? {});
    case 'done':
      return { phase: 'done' };
    default:
      return undefined;
  }
}

function parseMinting(state: JsonObject): SavedState | undefined {
  const issuer = issuerOf(state);
  return issuer === undefined ? undefined : { phase: 'minting', issuer, folder: textOf(state, 'folder') };
}

function parseHeld(state: JsonObject): SavedState | undefined {
  const issuer = issuerOf(state);
  const scope = scopeOf(textOf(state, 'scope'));
  const handle = textOf(state, 'handle') ?? '';
  const task = textOf(state, 'task');
  const grantedAt = wholeOf(state, 'grantedAt');
  const expiresAt = wholeOf(state, 'expiresAt');
  if (!issuer || !scope || !isHandle(handle) || task === undefined || !grantedAt || !expiresAt) {
    return undefined;
  }
  return {
    phase: 'held',
    issuer,
    scope,
    handle,
    task,
    grantedAt,
    expiresAt,
    folder: textOf(state, 'folder'),
  };
}

function issuerOf(state: JsonObject): string | undefined {
  const issuer = parseIssuerUrl(textOf(state, 'issuer') ?? '');
  return issuer.kind === 'url' ? issuer.url : undefined;
}

/** Undefined if it is not a scope. */
export function scopeOf(text: string | undefined): Scope | undefined {
  return text === 'step' || text === 'until-closed' || text === 'job' ? text : undefined;
}
