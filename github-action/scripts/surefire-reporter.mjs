// SPDX-License-Identifier: Apache-2.0
// A reporter of node:test in the form of Maven's surefire, for the list at the end of mvn verify and the sum of .ci/run.
// node's own junit reporter has no totals, other than in XML comments.

/** What is tested; packages/node names itself. */
const suite = process.env.SUREFIRE_SUITE ?? 'github-action';

/** One XML document at the end of the run. */
export default async function* surefire(events) {
  const cases = [];
  for await (const { type, data } of events) {
    if ((type === 'test:pass' || type === 'test:fail') && data.details?.type !== 'suite') {
      cases.push({ name: data.name, passed: type === 'test:pass', skipped: data.skip !== undefined, data });
    }
  }
  const failures = cases.filter((one) => !one.passed).length;
  const skipped = cases.filter((one) => one.skipped).length;
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuite name="${suite}" tests="${cases.length}" errors="0" failures="${failures}" skipped="${skipped}">\n`;
  for (const { name, passed, skipped: isSkipped, data } of cases) {
    const seconds = ((data.details?.duration_ms ?? 0) / 1000).toFixed(3);
    const inside = isSkipped
      ? `<skipped message="${escaped(data.skip)}"/>`
      : passed
        ? ''
        : `<failure>${escaped(data.details?.error?.message)}</failure>`;
    yield `  <testcase classname="${suite}" name="${escaped(name)}" time="${seconds}">${inside}</testcase>\n`;
  }
  yield '</testsuite>\n';
}

/** What no XML may hold, such as half a pair of surrogates, becomes a space. */
function escaped(text) {
  return String(text ?? '').replace(/[^\x20-\x7e]|[&<>"]/gu, (c) =>
    /[\p{Cc}\p{Cs}\p{Cn}]/u.test(c) ? ' ' : `&#${c.codePointAt(0)};`,
  );
}
