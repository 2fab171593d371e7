// SPDX-License-Identifier: Apache-2.0
import {
  type ApprovalAnswer,
  type ApprovalRequest,
  askApproval,
  type ShownApproval,
} from '../issuer/approval.js';
import { approvalMarkdown } from '../runner/summary.js';
import { type ApproveSettings, parseApproveSettings } from '../settings/approve-settings.js';
import {
  nextText,
  notDecidedText,
  nothingShownText,
  otherTextShown,
  recordedText,
  shownText,
  stateText,
} from '../text/decision-text.js';
import { unavailableText } from '../text/step-text.js';
import { fetchIdToken } from '../token/fetch-id-token.js';
import { plainMasksOf } from '../token/masks.js';
import type { World } from '../world/world.js';

/**
 * The action approve: shows what a step asks for, and decides on it in the name of the person who started the workflow. It decides
 * only on the text whose hash that person has given, which is the text that an earlier run has shown. Returns the exit code.
 */
export async function approvePart(world: World): Promise<number> {
  const settings = parseApproveSettings(world.env);
  if (settings.kind === 'fault') {
    world.log.fail(settings.fault.split('\n'));
    return 2;
  }
  const { issuer, audience, source, approvalId } = settings.value;
  const signed = await fetchIdToken(world, { source, audience });
  if (signed.kind === 'failed') {
    world.log.fail([`no ID token: ${signed.why}`]);
    return 1;
  }
  world.log.mask(plainMasksOf(signed.idToken));
  const request = { issuer, audience, idToken: signed.idToken, approvalId };
  const shown = shownBy(world, request, await askApproval(world.net, request, world.cancel.signal));
  if (shown === undefined) {
    return 1;
  }
  world.log.say(shownText(approvalId, shown));
  return decide(world, { request, settings: settings.value }, shown);
}

type Asked = { readonly request: ApprovalRequest; readonly settings: ApproveSettings };

async function decide(world: World, asked: Asked, shown: ShownApproval): Promise<number> {
  const { decision, shown: read, comment, approvalId } = asked.settings;
  if (decision === undefined || read !== shown.hash) {
    const next = nextText(shown);
    leaveTrace(world, approvalId, shown, next);
    world.log.say(next);
    if (decision !== undefined) {
      world.log.fail(read === undefined ? nothingShownText(decision) : otherTextShown());
    }
    return decision === undefined ? 0 : 1;
  }
  const request = { ...asked.request, decided: { decision, shown: read, comment } };
  const after = shownBy(world, request, await askApproval(world.net, request, world.cancel.signal));
  leaveTrace(
    world,
    approvalId,
    after ?? shown,
    after === undefined ? ['this run decided nothing that it knows of: its log says why'] : [],
  );
  if (after === undefined) {
    return 1;
  }
  world.log.say([...after.decisions.map(recordedText), `now: ${stateText(after)}`]);
  return 0;
}

/** What is shown; undefined if there is nothing, with the reason printed. */
function shownBy(
  { log }: World,
  { issuer }: ApprovalRequest,
  answer: ApprovalAnswer,
): ShownApproval | undefined {
  switch (answer.kind) {
    case 'shown':
      return answer.shown;
    case 'refused':
      log.fail(notDecidedText(answer.refusal, answer.afterLostAnswer));
      return undefined;
    case 'unavailable':
      log.fail(unavailableText({ issuer, outage: answer.outage, command: false }));
      return undefined;
  }
}

function leaveTrace(
  { files }: World,
  approvalId: string,
  shown: ShownApproval,
  next: readonly string[],
): void {
  files.setOutput('state', shown.state);
  files.setOutput('shown', shown.hash);
  files.addSummary(
    approvalMarkdown({
      approvalId,
      lines: shown.lines,
      notes: [stateText(shown), ...shown.decisions.map(recordedText), ...next],
    }),
  );
}
