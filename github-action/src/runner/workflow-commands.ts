// SPDX-License-Identifier: Apache-2.0

/**
 * Lines that the runner acts on, in the order of the calls. Written here and not by @actions/core, which alone takes longer
 * to load than everything else before a command starts: docs/decisions/0005.
 */
export type WorkflowCommands = {
  /** One plain line each, `taskbound: ` before it. */
  readonly say: (lines: readonly string[]) => void;
  /** Like a warning, for what is none. */
  readonly notice: (lines: readonly string[]) => void;
  readonly warn: (lines: readonly string[]) => void;
  readonly fail: (lines: readonly string[]) => void;
  /** Registers texts that the log must not show. */
  readonly mask: (texts: readonly string[]) => void;
  /** From now on a command prints between our lines, so each of ours begins with a line break. */
  readonly commandStarts: () => void;
  /** The command has ended; only the first of our next lines still begins with a line break, if the runner is to act on it. */
  readonly commandEnds: () => void;
};

/** Returns when the text has left this process. */
export type Write = (text: string) => void;

/** `decodes`: whether the runner shows a line break in an annotation as one; act does not. */
export function workflowCommands(write: Write, eol: string, decodes: boolean): WorkflowCommands {
  // Whether another's line may still be open: the runner obeys a command only at the start of a line.
  let open: 'never' | 'once' | 'always' = 'never';
  const put = (lines: readonly string[], isCommand: boolean) => {
    // After the command, a plain line need not begin one: nearly every command ends its own, and the rest would be a blank line.
    const fresh = open === 'always' || (open === 'once' && isCommand);
    write((fresh ? eol : '') + lines.map((line) => line + eol).join(''));
    open = open === 'always' ? 'always' : 'never';
  };
  const annotate = (kind: 'notice' | 'warning' | 'error', lines: readonly string[]) => {
    const [first = '', ...others] = lines.join('\n').split('\n');
    put(decodes ? [annotation(kind, lines)] : [annotation(kind, [first]), ...others.map(plain)], true);
  };
  return {
    say: (lines) => put(lines.map(plain), false),
    notice: (lines) => annotate('notice', lines),
    warn: (lines) => annotate('warning', lines),
    fail: (lines) => annotate('error', lines),
    mask: (texts) => {
      const lines = texts.map((text) => `::add-mask::${escapedData(text)}`);
      // While a command prints, a write that is longer than the system takes in one piece could be torn, and a mask shown.
      for (const some of open === 'always' ? inPieces(lines) : [lines]) {
        put(some, true);
      }
    },
    commandStarts: () => {
      open = 'always';
    },
    commandEnds: () => {
      open = 'once';
    },
  };
}

function annotation(kind: 'notice' | 'warning' | 'error', lines: readonly string[]): string {
  return `::${kind} title=taskbound::${escapedData(lines.join('\n'))}`;
}

/** The runner obeys its older form of a command anywhere in a line. */
function plain(line: string): string {
  return `taskbound: ${line}`.replaceAll('##[', '##\\u005B');
}

function escapedData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** POSIX's smallest PIPE_BUF is 512; Linux, macOS and the runner's pipes on Windows take 4096 bytes or more at once. */
const PIECE = 4000;

/** A line that is longer than a piece is left out: torn, it would show what it hides. */
function inPieces(lines: readonly string[]): readonly (readonly string[])[] {
  const pieces: string[][] = [];
  let left = 0;
  for (const line of lines.filter(({ length }) => length < PIECE)) {
    if (line.length >= left) {
      pieces.push([]);
      left = PIECE;
    }
    pieces.at(-1)?.push(line);
    left -= line.length + 2;
  }
  return pieces;
}
