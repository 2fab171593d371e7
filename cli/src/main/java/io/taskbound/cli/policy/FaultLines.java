// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policy;

import io.taskbound.policy.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Faults of a policy as a compiler prints them: place, what is wrong, the line with a caret, what to write instead. */
public final class FaultLines {
    private FaultLines() {}

    public static List<String> of(List<LocatedFault> faults) {
        var lines = new ArrayList<String>();
        var excerpts = new SourceExcerpt();
        faults.forEach(fault -> lines.addAll(of(fault, excerpts)));
        return lines;
    }

    /** Tells what there is to tell of a policy; empty when it is faulty. */
    public static Optional<Loaded.Ok> tell(Loaded read, Consumer<String> listener) {
        of(read.match(Loaded.Ok::warnings, Loaded.Faulty::faults)).forEach(listener);
        return read.match(Optional::of, faulty -> Optional.empty());
    }

    private static List<String> of(LocatedFault located, SourceExcerpt excerpts) {
        var fault = located.fault();
        var kind = fault.severity() == Severity.ERROR ? "error" : "warning";
        var lines = new ArrayList<String>();
        lines.add(place(located) + ": " + kind + ": " + fault.message() + " ["
                + fault.code().wire() + "]");
        lines.addAll(excerpts.of(located));
        if (!fault.remedy().isEmpty()) {
            lines.add("  " + fault.remedy());
        }
        return lines;
    }

    private static String place(LocatedFault located) {
        return located.file() + ":" + located.line() + ":" + located.column();
    }
}
