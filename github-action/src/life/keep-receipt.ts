// SPDX-License-Identifier: Apache-2.0
import type { ReceiptAnswer } from '../receipt/obtain.js';
import type { FileCommands } from '../runner/file-commands.js';
import { approverText, type Fact, receiptFacts } from '../text/receipt-facts.js';
import type { Keeping, Reporting } from '../world/world.js';
import { warnOnError } from './warn-on-error.js';

/** A receipt in its file, and what the summary says of it. */
export type Kept = {
  readonly file: string;
  readonly facts: readonly Fact[];
  /** Who approved the task, in one line; undefined where nobody had to. */
  readonly approvedBy: string | undefined;
};

/** Where the receipt of a token is to be written. */
export type Place = { readonly file: string; readonly handle: string };

/**
 * Writes the receipt of a token that has ended. Whatever goes wrong is a warning and changes no result; undefined if there is no
 * file.
 */
export function keepReceipt(
  { log, writeText }: Pick<Reporting, 'log'> & Keeping,
  { file, handle }: Place,
  answer: ReceiptAnswer,
): Kept | undefined {
  if (answer.kind === 'none') {
    log.warn([
      `no receipt in ${file} (${answer.why}); the step is as it was`,
      `the issuer's operator can get it: taskbound receipt ${handle}`,
    ]);
    return undefined;
  }
  const { receipt } = answer;
  let kept: Kept | undefined;
  warnOnError(log, `no receipt in ${file}: it could not be written`, () => {
    writeText(file, `${receipt.envelope}\n`);
    log.say([`the receipt is in ${file}`]);
    kept = {
      file,
      facts: [...receiptFacts(receipt), ['receipt', file]],
      approvedBy: receipt.statement.approvers?.map(approverText).join(', '),
    };
  });
  return kept;
}

/** Of a receipt that was kept. */
export function leaveOutputs(files: Pick<FileCommands, 'setOutput'>, { file, approvedBy }: Kept): void {
  files.setOutput('receipt', file);
  if (approvedBy !== undefined) {
    files.setOutput('approved-by', approvedBy);
  }
}
