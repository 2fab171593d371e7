// SPDX-License-Identifier: Apache-2.0
import { fault, faultsOf, ok } from '../base/checked.js';
import { isHandle } from '../issuer/handle.js';
import { summaryMarkdown } from '../runner/summary.js';
import { inputsOf } from '../settings/inputs.js';
import { audienceFor, isIssuerWritten, issuerUrl } from '../settings/issuer-input.js';
import { usableProxies } from '../settings/proxy-setting.js';
import { receiptFile } from '../settings/receipt-input.js';
import { closeWithIdToken, receiptWithIdToken, type Where } from '../token/close-with-id-token.js';
import type { World } from '../world/world.js';
import { type Ended, endText, sayEnd } from './conclude.js';
import { keepReceipt, leaveOutputs } from './keep-receipt.js';

/** The action close: ends a token by its handle, between two steps. Returns the exit code. */
export async function closePart(world: World): Promise<number> {
  const inputs = inputsOf(world.env);
  const text = inputs('handle');
  if (text === '') {
    world.log.warn(['handle is empty, so nothing was closed. Was the step that requests the token skipped?']);
    return 0;
  }
  const handle = isHandle(text)
    ? ok(text)
    : fault('handle must be the output handle of the step that requested the token');
  const issuer = issuerUrl(inputs, world.env);
  const audience = audienceFor(issuer.kind === 'ok' ? issuer.value : '', inputs);
  const proxies = usableProxies([issuer.kind === 'ok' ? issuer.value : ''], world.env);
  if (handle.kind !== 'ok' || issuer.kind !== 'ok' || audience.kind !== 'ok' || proxies.kind !== 'ok') {
    world.log.fail(faultsOf([handle, issuer, audience, proxies]));
    return 2;
  }
  if (!isIssuerWritten(inputs)) {
    world.log.warn([
      'the issuer was taken from the variable TASKBOUND_ISSUER, which earlier steps could have changed: set the input issuer of close',
    ]);
  }
  await closeOne(world, handle.value, { issuer: issuer.value, audience: audience.value });
  return 0;
}

async function closeOne(world: World, handle: string, where: Where): Promise<void> {
  const outcome = await closeWithIdToken(world, where, (idToken) => ({ kind: 'handle', handle, idToken }));
  if (outcome.kind === 'closed') {
    world.closedNotes.leave(handle);
  }
  const ended: Ended = { handle, by: 'close', outcome, expiresAt: undefined, livedMs: undefined };
  sayEnd(world.log, ended);
  const file = receiptFile(world.env);
  const kept =
    file === undefined
      ? undefined
      : keepReceipt(world, { file, handle }, await receiptWithIdToken(world, where, handle));
  if (kept !== undefined) {
    leaveOutputs(world.files, kept);
  }
  const told = kept?.facts ?? [];
  const facts = [['closed by', endText(ended)] as const, ...told, ['handle', handle] as const];
  world.files.addSummary(summaryMarkdown({ task: 'close', details: [], facts }));
}
