// SPDX-License-Identifier: Apache-2.0
import type { TaskDetail } from '../issuer/task-detail.js';

/** What the job's summary says of one token. Texts may be foreign. */
export type SummaryOf = {
  readonly task: string;
  readonly details: readonly TaskDetail[];
  readonly facts: readonly (readonly [string, string])[];
};

/** A heading and a table of a few lines. */
export function summaryMarkdown(of: SummaryOf): string {
  const rows: (readonly [string, string])[] = [
    ...of.details.map((detail) => ['target', targetOf(detail)] as const),
    ...of.facts,
  ];
  return [
    '',
    `#### Taskbound: ${literal(of.task)}`,
    '',
    '| | |',
    '|---|---|',
    ...rows.map(([name, value]) => `| ${name} | ${literal(value)} |`),
    '',
  ].join('\n');
}

/** The text that a person is to read before he decides, as it is, and notes below it. */
export function approvalMarkdown(of: {
  readonly approvalId: string;
  readonly lines: readonly string[];
  readonly notes: readonly string[];
}): string {
  return [
    '',
    `#### Taskbound: approval ${literal(of.approvalId)}`,
    '',
    `<pre>${of.lines.map(literal).join('\n')}</pre>`,
    '',
    ...of.notes.map((note) => `- ${literal(note)}`),
    '',
  ].join('\n');
}

function targetOf(detail: TaskDetail): string {
  return `${detail.actions.join(', ')} ${detail.identifier}`.trim();
}

/** All but letters, digits and blanks as character references, so that nothing is read as Markdown or HTML. */
function literal(text: string): string {
  return Array.from(text, (c) => (/^[A-Za-z0-9 ]$/.test(c) ? c : `&#${c.codePointAt(0)};`)).join('');
}
