// SPDX-License-Identifier: Apache-2.0
import type { StartChild } from '../command/child.js';
import type { Machine } from '../command/machine.js';
import type { PrintedBy } from '../command/printed.js';
import type { PrivateFolder } from '../command/private-folder.js';
import type { Net } from '../issuer/calls.js';
import type { ClosedNotes } from '../runner/closed-notes.js';
import type { FileCommands } from '../runner/file-commands.js';
import type { WorkflowCommands } from '../runner/workflow-commands.js';
import type { Cancel } from './cancel.js';

/** To call the issuer, and to learn that time is running out. */
export type Calling = {
  readonly net: Net;
  readonly cancel: Cancel;
};

/** To tell people and later steps. */
export type Reporting = {
  readonly log: WorkflowCommands;
  readonly files: FileCommands;
};

/** To leave a file for the workflow. */
export type Keeping = { readonly writeText: (path: string, text: string) => void };

/** To start the command. */
export type Starting = {
  readonly env: NodeJS.ProcessEnv;
  readonly machine: Machine;
  readonly makeFolder: () => PrivateFolder;
  readonly startChild: StartChild;
};

/** Everything that the action touches outside its memory. Made once, by an entry point; most functions take only a part. */
export type World = Calling &
  Reporting &
  Keeping &
  Starting & {
    readonly removeFolder: (path: string) => void;
    readonly closedNotes: ClosedNotes;
    readonly randomUuid: () => string;
    /** Undefined for a file that cannot be read. */
    readonly readText: (path: string) => string | undefined;
    readonly printedBy: PrintedBy;
  };
