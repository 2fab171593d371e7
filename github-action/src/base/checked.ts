// SPDX-License-Identifier: Apache-2.0

/** What was checked: its value, or a sentence that says what is wrong with it; of a setting, what to change. */
export type Checked<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'fault'; readonly fault: string };

export function ok<T>(value: T): Checked<T> {
  return { kind: 'ok', value };
}

export function fault(sentence: string): { readonly kind: 'fault'; readonly fault: string } {
  return { kind: 'fault', fault: sentence };
}

/** Every fault of several settings, so that an author need not find them one by one. */
export function faultsOf(settings: readonly Checked<unknown>[]): readonly string[] {
  return settings.flatMap((setting) => (setting.kind === 'fault' ? [setting.fault] : []));
}
