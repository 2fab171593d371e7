// SPDX-License-Identifier: Apache-2.0
import { type JsonObject, scalarOf, textOf } from '../base/json.js';

/** Claims that together tell a system's ID tokens from those of others, and what `sub` looks like there. */
type Marks = { readonly claims?: readonly string[]; readonly sub?: string };

/** A profile of the issuer, as far as a refusal needs it: its own words, read as they are. */
export type Profile = {
  readonly name: string;
  readonly tenant_claims: readonly string[];
  /** Events that the issuer lets in without being named in a rule, and the claim that tells them. */
  readonly default_events?: { readonly claim: string; readonly allowed: readonly string[] };
  readonly refusal: {
    /** Absent: fits every caller. */
    readonly recognised_by?: Marks;
    readonly shown: readonly string[];
    /** The claims of the proposed rule, the tenant first. */
    readonly bind: readonly string[];
    /** Of these, some are bound only where another claim is absent: a name where there is no id. */
    readonly bind_without?: Readonly<Record<string, string>>;
    /** And some only with this value. */
    readonly bind_value?: Readonly<Record<string, string>>;
    /** What to say above some of them. */
    readonly bind_notes?: Readonly<Record<string, string>>;
    /** Names that the system compares without regard to case, while a rule matches one spelling. */
    readonly ignores_case?: readonly string[];
  };
};

/** What kind of CI system an ID token seems to come from: which of its claims to show, and which to bind in a rule. */
export type CallerProfile = {
  /** How people call such a provider in a policy; undefined for a system that is not recognised. */
  readonly name: string | undefined;
  readonly shown: readonly string[];
  readonly bound: readonly string[];
  /** Of the bound claims, those that identify the customer: one of them must be there. */
  readonly tenants: readonly string[];
  readonly notes: Readonly<Record<string, string>>;
  readonly ignoresCase: readonly string[];
  /** The claim with the event, where a rule admits this run only if it names that, which deserves a second look. */
  readonly eventToName: string | undefined;
};

/** Of the profiles, the first that fits the claims. */
export function profileOf(profiles: readonly Profile[], claims: JsonObject): CallerProfile {
  const profile = profiles.find(({ refusal }) => fits(refusal.recognised_by ?? {}, claims));
  if (profile === undefined) {
    throw new Error('no profile fits all callers');
  }
  const { refusal, default_events: events } = profile;
  return {
    name: refusal.recognised_by === undefined ? undefined : profile.name,
    shown: refusal.shown,
    bound: refusal.bind.filter((name) => isBound(refusal, claims, name)),
    notes: refusal.bind_notes ?? {},
    ignoresCase: refusal.ignores_case ?? [],
    tenants: refusal.bind.filter((name) => profile.tenant_claims.includes(name)),
    eventToName: eventToName(events, claims),
  };
}

function fits(marks: Marks, claims: JsonObject): boolean {
  return (
    (marks.claims ?? []).every((name) => scalarOf(claims, name) !== undefined) &&
    (marks.sub === undefined || new RegExp(`^(?:${marks.sub})$`).test(textOf(claims, 'sub') ?? ''))
  );
}

function isBound(refusal: Profile['refusal'], claims: JsonObject, name: string): boolean {
  const other = refusal.bind_without?.[name];
  const value = refusal.bind_value?.[name];
  return (
    (other === undefined || !hasText(claims, other)) &&
    (value === undefined || textOf(claims, name) === value)
  );
}

/** A provider that writes "" means the same as one that leaves the claim out. */
function hasText(claims: JsonObject, name: string): boolean {
  const value = scalarOf(claims, name);
  return value !== undefined && value !== '';
}

function eventToName(events: Profile['default_events'], claims: JsonObject): string | undefined {
  const event = events === undefined ? undefined : textOf(claims, events.claim);
  return event === undefined || events?.allowed.includes(event) ? undefined : events?.claim;
}
