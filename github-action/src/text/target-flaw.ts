// SPDX-License-Identifier: Apache-2.0

/** What looks wrong with a target, as a person would see it: a variable that was empty leaves a hole. */
export type TargetFlaw = {
  readonly sentence: string;
  /** No rule should be written for such a target. */
  readonly spoilt: boolean;
};

const DIGEST = '@sha256:';

/** Undefined for a target that looks whole. */
export function targetFlaw(identifier: string): TargetFlaw | undefined {
  const at = identifier.indexOf(DIGEST);
  const digest = at < 0 ? undefined : (/^[0-9A-Za-z]*/.exec(identifier.slice(at + DIGEST.length))?.[0] ?? '');
  if (digest === '') {
    return {
      sentence: 'The digest after @sha256: is empty. Is the variable that should hold it set?',
      spoilt: true,
    };
  }
  if (digest !== undefined && !/^[0-9a-f]{64}$/.test(digest)) {
    return {
      sentence: 'What follows @sha256: is no digest: that is 64 lower-case hex digits.',
      spoilt: true,
    };
  }
  return /[:@=]$|[/:]@/.test(identifier)
    ? { sentence: 'A part of the target is empty. Is the variable that should hold it set?', spoilt: false }
    : undefined;
}
