// SPDX-License-Identifier: Apache-2.0
// Made by `npm run build` from the profiles of issuer-lambda/. Do not edit.
import type { Profile } from './caller-profile.js';

export const PROFILES: readonly Profile[] = [
  {
    name: 'github',
    default_events: {
      claim: 'event_name',
      allowed: ['push', 'workflow_dispatch', 'schedule', 'release', 'merge_group'],
    },
    refusal: {
      recognised_by: { claims: ['repository_id', 'event_name'] },
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
      bind: ['repository_id', 'repository_owner_id', 'ref', 'ref_type', 'environment'],
    },
  },
  {
    name: 'gitlab',
    refusal: {
      recognised_by: { claims: ['project_id', 'project_path'] },
      shown: ['sub', 'project_id', 'project_path', 'ref', 'ref_type', 'environment', 'pipeline_source'],
      bind: ['project_id', 'ref', 'ref_type', 'environment'],
    },
  },
  {
    name: 'jenkins',
    refusal: { recognised_by: { sub: 'https?://.+/job/.+/' }, shown: ['sub', 'build_number'], bind: ['sub'] },
  },
  { name: 'generic', refusal: { shown: ['sub'], bind: ['sub'] } },
];
