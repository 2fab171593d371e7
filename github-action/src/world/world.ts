// SPDX-License-Identifier: Apache-2.0
import type { StartChild } from '../command/child.js';
import type { Machine } from '../command/machine.js';
import type { PrivateFolder } from '../command/private-folder.js';
import type { Net } from '../issuer/calls.js';
import type { ClosedNotes } from '../runner/closed-notes.js';
import type { FileCommands } from '../runner/file-commands.js';
import type { WorkflowCommands } from '../runner/workflow-commands.js';
import type { Cancel } from './cancel.js';

/** All that the action touches outside its own memory. Made once, by an entry point. */
export type World = {
  readonly env: NodeJS.ProcessEnv;
  readonly net: Net;
  readonly log: WorkflowCommands;
  readonly files: FileCommands;
  readonly machine: Machine;
  readonly makeFolder: () => PrivateFolder;
  readonly removeFolder: (path: string) => void;
  readonly closedNotes: ClosedNotes;
  readonly startChild: StartChild;
  readonly cancel: Cancel;
  readonly randomUuid: () => string;
};
