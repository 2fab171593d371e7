// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo;

import io.taskbound.cli.terminal.CommandContext;
import java.util.Locale;

/** Prints the story line by line with the time since its start, and counts what went as it must. */
public final class Transcript {
    private static final int DOTS_END = 42;
    private static final double NANOS = 1e9;

    private final CommandContext context;
    private final long began = System.nanoTime();
    private int grants;
    private int grantsExpected;
    private int refusals;
    private int refusalsExpected;
    private int surprises;

    public Transcript(CommandContext context) {
        this.context = context;
    }

    public void tell(String who, String what) {
        context.say(String.format(Locale.ROOT, "%5.2fs  %-7s %s", (System.nanoTime() - began) / NANOS, who, what));
    }

    public void note(String text) {
        context.say("        " + text);
    }

    /** One act whose outcome is known beforehand. */
    public void act(String who, String what, Observed expected, Observed observed, String remark) {
        boolean asExpected = observed.equals(expected);
        count(expected.verdict(), asExpected);
        var verdict = paint(expected.verdict(), String.format(Locale.ROOT, "%-8s", observed.verdict()));
        var more = remark.isEmpty() ? observed.inWords() : remark;
        tell(who, dotted(what) + " " + verdict + " " + more + (asExpected ? "" : surprise(expected)));
    }

    /** The issuer's answer on a line of its own, where the question has one. */
    public void answer(Observed expected, Observed observed, String remark) {
        boolean asExpected = observed.equals(expected);
        count(expected.verdict(), asExpected);
        tell(
                "issuer",
                paint(expected.verdict(), observed.verdict()) + "  " + remark + (asExpected ? "" : surprise(expected)));
    }

    private void count(String expected, boolean asExpected) {
        int one = asExpected ? 1 : 0;
        if (expected.equals(Observed.GRANTED)) {
            grantsExpected++;
            grants += one;
        } else if (expected.equals(Observed.REFUSED)) {
            refusalsExpected++;
            refusals += one;
        }
        surprises += 1 - one;
    }

    private String surprise(Observed expected) {
        return context.red("  <- should be " + expected.verdict() + " " + expected.inWords());
    }

    private String paint(String verdict, String text) {
        return verdict.equals(Observed.REFUSED) ? context.red(text) : context.green(text);
    }

    private static String dotted(String what) {
        return what + " " + ".".repeat(Math.max(3, DOTS_END - what.length()));
    }

    /** The last line; 0 when there was no surprise. */
    public int end() {
        boolean fine = surprises == 0;
        context.say(refusals + " of " + refusalsExpected + " refusals, " + grants + " of " + grantsExpected
                + " grants.  " + (fine ? context.green("OK") : context.red("NOT OK")));
        return fine ? 0 : 1;
    }
}
