// SPDX-License-Identifier: Apache-2.0
import { type JsonObject, scalarOf, textOf } from '../base/json.js';

/** What kind of CI system an ID token seems to come from: which of its claims to show, and which to bind in a rule. */
export type CallerProfile = {
  readonly name: 'github' | 'gitlab' | 'jenkins' | 'other';
  readonly shown: readonly string[];
  readonly bound: readonly [string, ...string[]];
};

const GITHUB: CallerProfile = {
  name: 'github',
  shown: [
    'sub',
    'repository_id',
    'repository_owner_id',
    'ref',
    'ref_type',
    'environment',
    'event_name',
    'job_workflow_ref',
  ],
  bound: ['repository_id', 'repository_owner_id', 'ref', 'ref_type', 'environment'],
};

const GITLAB: CallerProfile = {
  name: 'gitlab',
  shown: ['sub', 'project_id', 'project_path', 'ref', 'ref_type', 'environment', 'pipeline_source'],
  bound: ['project_id', 'ref', 'ref_type', 'environment'],
};

const JENKINS: CallerProfile = { name: 'jenkins', shown: ['sub', 'build_number'], bound: ['sub'] };

const OTHER: CallerProfile = { name: 'other', shown: ['sub'], bound: ['sub'] };

/** Events that the issuer lets in without being named in a rule. */
const DEFAULT_EVENTS: readonly string[] = ['push', 'workflow_dispatch', 'schedule', 'release', 'merge_group'];

/** Judged by the claims that are there. */
export function profileOf(claims: JsonObject): CallerProfile {
  if (has(claims, 'repository_id') && has(claims, 'event_name')) {
    return GITHUB;
  }
  if (has(claims, 'project_id') && has(claims, 'project_path')) {
    return GITLAB;
  }
  return /^https?:\/\/.+\/job\/.+\/$/.test(textOf(claims, 'sub') ?? '') ? JENKINS : OTHER;
}

/** True when a rule admits this run only if it names the event, which deserves a second look. */
export function mustNameEvent(profile: CallerProfile, claims: JsonObject): boolean {
  const event = textOf(claims, 'event_name');
  return profile.name === 'github' && event !== undefined && !DEFAULT_EVENTS.includes(event);
}

function has(claims: JsonObject, name: string): boolean {
  return scalarOf(claims, name) !== undefined;
}
