// SPDX-License-Identifier: Apache-2.0
import { isoSeconds } from '../base/iso-seconds.js';
import { printable } from '../base/printable.js';
import type { Credential } from '../credential/credential.js';
import type { Granted } from '../issuer/mint.js';
import type { Outage } from '../issuer/outage.js';
import type { Refusal } from '../issuer/refusal.js';
import { asked } from './refusal-text.js';

/** Who ended a token, as the lines say it. */
export type Closer = 'step' | 'cancelled' | 'post' | 'close';

const ENDED_BY: Readonly<Record<Closer, string>> = {
  step: 'step end',
  cancelled: 'cancel',
  post: 'post step',
  close: 'close step',
};

// The lines that every wrapper prints around a step; the wrapper puts `taskbound: ` before each.

export function grantedText(
  granted: Pick<Granted, 'handle' | 'details' | 'expiresAt' | 'leaseSeconds'>,
): readonly string[] {
  const lease = granted.leaseSeconds;
  const heartbeat = lease === undefined ? '' : `, dies ${lease} s after its last heartbeat`;
  return [
    ...granted.details.map((detail) => `granted ${asked(detail)}`),
    `handle ${granted.handle}, expires ${isoSeconds(granted.expiresAt)}${heartbeat}`,
  ];
}

/** `approvers`: the groups that would have to approve it first; empty if nobody has to. */
export function wouldGrantText(approvers: readonly string[]): readonly string[] {
  const first = approvers.length === 0 ? '' : ` after approval by ${approvers.join(' or ')}`;
  return [`a dry run: this would be granted${first}. Nothing was issued and the command was not run.`];
}

export function closedText(closed: {
  handle: string;
  by: Closer;
  livedMs: number | undefined;
}): readonly string[] {
  const lived = closed.livedMs === undefined ? '' : `, lived ${livedText(closed.livedMs)}`;
  return [`closed by ${endedBy(closed.by)}${lived}: ${closed.handle}`];
}

export function endedBy(closer: Closer): string {
  return ENDED_BY[closer];
}

export function alreadyDeadText(handle: string): readonly string[] {
  return [`had already ended: ${handle}`];
}

/** Another step of this job has closed it before. */
export function closedEarlierText(handle: string): readonly string[] {
  return [`was closed by an earlier step: ${handle}`];
}

export function closeFailedText(failed: {
  handle: string;
  expiresAt: number | undefined;
  why: string;
}): readonly string[] {
  const until =
    failed.expiresAt === undefined ? 'it expires' : `${isoSeconds(failed.expiresAt)} at the latest`;
  return [
    `could not be closed (${failed.why}): ${failed.handle}`,
    `a copy of it could be used until ${until}; an administrator can end it by its handle`,
  ];
}

/** The credential that the token stands for was delivered: what it opens, and when it is dead. */
export function deliveredText(credential: Credential): readonly string[] {
  const until = isoSeconds(credential.expiresAt);
  const revoked = `it is revoked when the step ends, and expires ${until}`;
  switch (credential.kind) {
    case 'github-app': {
      const permissions = Object.entries(credential.permissions).map(([name, level]) => `${name}:${level}`);
      return [
        `delivered a token of ${credential.serverUrl} for ${credential.repositories.join(', ')} with ${permissions.sort().join(', ')}`,
        revoked,
      ];
    }
    case 'aws-role':
      return [
        `delivered AWS credentials of ${printable(credential.roleArn)}`,
        credential.refreshed
          ? `they are fetched again at each heartbeat; without one they expire ${until}`
          : `they expire ${until}: AWS cannot revoke them when the step ends`,
      ];
    case 'openbao': {
      const { namespace } = credential;
      const where = namespace === undefined ? '' : `, namespace ${printable(namespace)}`;
      return [`delivered a token of ${printable(credential.address)}${where}`, revoked];
    }
  }
}

/** No credential was delivered, so the command was not run. */
export function notDeliveredText(
  no: { readonly kind: 'refused'; readonly refusal: Refusal } | { kind: 'unavailable'; outage: Outage },
): readonly string[] {
  const notRun = 'the command was not run';
  if (no.kind === 'refused') {
    const { code, description, requestId } = no.refusal;
    const words = description === undefined ? '' : `: ${description}`;
    const id = requestId === undefined ? [] : [`request id: ${requestId}`];
    return [`no credential was delivered: ${code}${words}`, ...id, notRun];
  }
  const { sentence, requestId } = no.outage;
  const id = requestId === undefined ? '' : ` (request id ${requestId})`;
  return [`no credential was delivered: ${sentence}${id}`, notRun];
}

/** The command gets an address in the place of a token; its requests go to `service`. */
export function injectedText({
  service,
  isBound,
}: {
  readonly service: string;
  readonly isBound: boolean;
}): readonly string[] {
  const key = isBound
    ? 'bound to a key of this step'
    : 'bound to no key, because the policy does not ask for a proof';
  return [
    `the command sends its requests for ${printable(service)} to TASKBOUND_URL; the token is added here, ${key}`,
  ];
}

/** What was delivered is for other programs than those that send to an address of ours. */
export function notInjectedText(credentialKind: string): readonly string[] {
  return [
    `this task delivers a credential (${printable(credentialKind)}), and inject only adds a task token`,
    'leave out inject: the command then gets the credential',
    'the command was not run',
  ];
}

/** The credential could not be fetched again after a heartbeat. */
export function notRefreshedText(held: Credential, why: string): readonly string[] {
  return [
    `the credential could not be fetched again (${why}); the next heartbeat tries again, and the one that the command has expires ${isoSeconds(held.expiresAt)}`,
  ];
}

export function lostText(lost: { handle: string; code: string }): readonly string[] {
  return [
    `the issuer says that the token is dead while the command is still running (${lost.code}): ${lost.handle}`,
  ];
}

export function missedText(missed: { handle: string; why: string }): readonly string[] {
  return [`a heartbeat got no answer (${missed.why}); the next one follows by itself: ${missed.handle}`];
}

/** `command`: a command was waiting for the token. */
export function unavailableText(call: {
  issuer: string;
  outage: Outage;
  command: boolean;
}): readonly string[] {
  const { sentence, tries, requestId } = call.outage;
  const id = requestId === undefined ? '' : ` (request id ${requestId})`;
  const why =
    call.outage.kind === 'NOT_SENT'
      ? [
          `the ID token was not sent to ${call.issuer}: ${sentence}`,
          'if this is the right issuer, request the ID token for its URL; if its policy expects another audience, name that one beside the issuer (id-token-audience)',
        ]
      : [
          `no answer from ${call.issuer} after ${tries} ${tries === 1 ? 'try' : 'tries'}: ${sentence}${id}`,
          ...(call.outage.kind === 'PROXY_LOGIN'
            ? [
                'write them into HTTPS_PROXY, like http://USER:PASSWORD@proxy.acme.example:3128, or into the proxy settings of Jenkins',
              ]
            : []),
        ];
  return [...why, ...(call.command ? ['the command was not run'] : [])];
}

/** Cut, not rounded: 59.9 s, 1 min 0 s. */
export function livedText(ms: number): string {
  const tenths = Math.floor(Math.max(0, ms) / 100);
  if (tenths < 600) {
    return `${Math.floor(tenths / 10)}.${tenths % 10} s`;
  }
  const seconds = Math.floor(tenths / 10);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
