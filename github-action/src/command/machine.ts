// SPDX-License-Identifier: Apache-2.0

/** What the logic needs to know of the machine that it runs on. */
export type Machine = {
  readonly platform: NodeJS.Platform;
  /** The file of a command; undefined if there is none. */
  readonly which: (command: string) => string | undefined;
  readonly isFolder: (path: string) => boolean;
  /** Where files of this job lie that no later job sees. */
  readonly temp: string;
};
