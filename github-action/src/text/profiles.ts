// SPDX-License-Identifier: Apache-2.0
// Made by `npm run build` from the profiles of issuer-lambda/. Do not edit.
import type { Profile } from './caller-profile.js';

export const PROFILES: readonly Profile[] = [
  {
    name: 'github',
    tenant_claims: ['repository_id', 'repository_owner_id'],
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
      ignores_case: ['repository', 'environment'],
      bind: [
        'repository_id',
        'repository_owner_id',
        'repository',
        'ref',
        'ref_type',
        'environment',
        'job_workflow_ref',
      ],
    },
  },
  {
    name: 'gitlab',
    tenant_claims: ['project_id', 'namespace_id'],
    default_events: {
      claim: 'pipeline_source',
      allowed: ['push', 'web', 'schedule', 'api', 'trigger', 'pipeline'],
    },
    refusal: {
      recognised_by: { claims: ['project_id', 'project_path'] },
      shown: [
        'sub',
        'project_id',
        'project_path',
        'namespace_id',
        'ref',
        'ref_type',
        'ref_protected',
        'environment',
        'pipeline_source',
      ],
      bind: ['project_id', 'namespace_id', 'project_path', 'ref', 'ref_type', 'ref_protected', 'environment'],
      bind_value: { ref_protected: 'true' },
    },
  },
  {
    name: 'buildkite',
    tenant_claims: ['pipeline_id', 'organization_id', 'organization_slug'],
    refusal: {
      recognised_by: { claims: ['organization_slug', 'pipeline_slug', 'build_number'] },
      shown: [
        'sub',
        'organization_slug',
        'organization_id',
        'pipeline_slug',
        'pipeline_id',
        'build_branch',
        'build_tag',
        'build_source',
        'step_key',
      ],
      bind: ['organization_id', 'pipeline_id', 'organization_slug', 'pipeline_slug', 'build_branch'],
      bind_without: { organization_slug: 'organization_id', pipeline_slug: 'pipeline_id' },
      bind_notes: {
        organization_slug:
          'Others may get these names. Better: ask for the ID token with --claim organization_id --claim pipeline_id.',
      },
    },
  },
  {
    name: 'circleci',
    tenant_claims: ['oidc.circleci.com/project-id'],
    refusal: {
      recognised_by: { claims: ['oidc.circleci.com/project-id'] },
      shown: [
        'sub',
        'oidc.circleci.com/project-id',
        'oidc.circleci.com/vcs-origin',
        'oidc.circleci.com/vcs-ref',
        'oidc.circleci.com/ssh-rerun',
      ],
      bind: ['oidc.circleci.com/project-id', 'oidc.circleci.com/vcs-origin', 'oidc.circleci.com/vcs-ref'],
    },
  },
  {
    name: 'kubernetes',
    tenant_claims: ['sub'],
    refusal: { recognised_by: { sub: 'system:serviceaccount:[^:]+:[^:]+' }, shown: ['sub'], bind: ['sub'] },
  },
  {
    name: 'jenkins',
    tenant_claims: ['sub'],
    refusal: { recognised_by: { sub: 'https?://.+/job/.+/' }, shown: ['sub', 'build_number'], bind: ['sub'] },
  },
  { name: 'generic', tenant_claims: ['sub'], refusal: { shown: ['sub'], bind: ['sub'] } },
];
