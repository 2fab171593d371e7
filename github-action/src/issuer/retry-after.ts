// SPDX-License-Identifier: Apache-2.0

const DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** Milliseconds that a Retry-After header (RFC 9110 section 10.2.3) asks for; what is neither seconds nor a date is as if absent. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) {
    return Number(text) * 1000;
  }
  return DATE.test(text) ? Math.max(0, Date.parse(text) - now) : undefined;
}
