// SPDX-License-Identifier: Apache-2.0
import { awaitApproval, type Settled, type Waited } from '../approval/wait.js';
import type { Granted, MintRequest } from '../issuer/mint.js';
import type { Pending } from '../issuer/pending.js';
import { summaryMarkdown } from '../runner/summary.js';
import { ageText } from '../text/age.js';
import { approvedText, cancelledText, gaveUpText, idTokenTooOldText } from '../text/approval-text.js';
import { idTokenSupply } from '../token/id-token-supply.js';
import type { World } from '../world/world.js';
import { leaveNothing, sayWhyNot, type Waiting } from './no-token.js';
import { warnOnError } from './warn-on-error.js';

type Request = { readonly request: MintRequest; readonly waiting: Waiting };

/** The token, once people have approved it; undefined if there is none, with the reason printed and nothing left behind. */
export async function approvedToken(
  world: World,
  asked: Request,
  pending: Pending,
): Promise<Granted | undefined> {
  const { request, waiting } = asked;
  if (waiting.approvalWaitSeconds === 0) {
    world.files.setOutput('approval-id', pending.approvalId);
    world.log.fail(gaveUpText(pending, { waitedMs: 0, command: waiting.command }));
    await leaveNothing(world, request, false);
    return undefined;
  }
  const wanted = { source: waiting.source, audience: request.audience };
  const idTokens = idTokenSupply(world, wanted, request.idToken);
  const waitSeconds = waiting.approvalWaitSeconds;
  const waited = await awaitApproval(world, { request, idTokens, waitSeconds }, pending);
  leaveTrace(world, request, waited);
  return conclude(world, asked, waited);
}

async function conclude(world: World, asked: Request, waited: Waited): Promise<Granted | undefined> {
  const { settled, pending, waitedMs, inDoubt } = waited;
  const { command } = asked.waiting;
  const request = { ...asked.request, idToken: waited.idToken };
  const approvalId = approvalIn(waited);
  switch (settled.kind) {
    case 'granted':
      world.log.say(approvedText(waitedMs));
      return settled.granted;
    case 'too-long':
      world.log.fail(gaveUpText(pending, { waitedMs, command }));
      break;
    case 'cancelled':
      world.log.say(cancelledText(pending, { inDoubt, command }));
      break;
    case 'refused':
      sayWhyNot(world, { ...asked, request, answer: { ...settled, afterLostAnswer: inDoubt, approvalId } });
      if (waited.isTooOld) {
        world.log.say(idTokenTooOldText());
      }
      break;
    case 'would-grant':
    case 'unavailable':
      sayWhyNot(world, { ...asked, request, answer: settled });
      break;
  }
  await leaveNothing(world, request, inDoubt);
  return undefined;
}

/** What a refusal is about: after the wait, a rule allows the request. */
function approvalIn({ settled, pending }: Waited): string | undefined {
  return settled.kind === 'refused' && ['access_denied', 'expired_token'].includes(settled.refusal.code)
    ? pending.approvalId
    : undefined;
}

/** What the job's summary says of the wait; the token has a table of its own. */
function leaveTrace({ log, files }: World, { details }: MintRequest, waited: Waited): void {
  const facts: (readonly [string, string])[] = [
    ['ended', endOf(waited.settled)],
    ['waited', ageText(Math.floor(waited.waitedMs / 1000))],
    ['approvers', waited.pending.approvers.join(', ')],
    ['approval', waited.pending.approvalId],
  ];
  const task = `approval of ${details[0]?.task ?? ''}`;
  warnOnError(log, 'the summary could not be written', () =>
    files.addSummary(summaryMarkdown({ task, details, facts })),
  );
}

function endOf(settled: Settled): string {
  switch (settled.kind) {
    case 'granted':
    case 'would-grant':
      return 'approved';
    case 'refused':
      return settled.refusal.description ?? settled.refusal.code;
    case 'unavailable':
      return settled.outage.sentence;
    case 'too-long':
      return 'not approved in time';
    case 'cancelled':
      return 'the step was cancelled';
  }
}
