// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import java.util.Arrays;
import java.util.List;

/** Reads {@code accept}: the codes of warnings, each with the reason why it is accepted there. */
final class Acceptances {
    private static final int MAX_REASON = 500;
    private static final int MAX_CODE = 64;

    private final DocumentReader reader;
    private final Faults faults;

    Acceptances(DocumentReader reader, Faults faults) {
        this.reader = reader;
        this.faults = faults;
    }

    /**
     * @param fields of a provider, a resource server, a task or a rule: what is accepted there holds for all inside it
     */
    void read(Fields fields) {
        fields.find("accept").ifPresent(place -> read(place, fields.place()));
    }

    private void read(Place accept, Place owner) {
        var entries = reader.any(accept);
        if (entries.isEmpty()) {
            faults.shape(FaultCode.BAD_LENGTH, accept, "accepts nothing", "write CODE: \"reason\", or remove it");
        }
        entries.forEach((name, reason) -> {
            if (isCode(reason, name) & isReason(reason)) {
                reader.text(reason, MAX_REASON)
                        .ifPresent(text -> FaultCode.named(name)
                                .ifPresentOrElse(
                                        code -> accept(code, text, reason, owner), () -> unknown(name, reason)));
            }
        });
    }

    private boolean isCode(Place place, String name) {
        boolean valid = !name.isEmpty()
                && name.length() <= MAX_CODE
                && name.chars().allMatch(c -> (c >= 'a' && c <= 'z') || c == '-');
        if (!valid) {
            faults.shape(
                    FaultCode.BAD_NAME,
                    place,
                    "is not the code of a warning",
                    "write the word that policy check prints in brackets");
        }
        return valid;
    }

    /** Blanks say nothing, and a reason that says nothing is none. */
    private boolean isReason(Place place) {
        boolean blank = place.value() instanceof io.taskbound.json.JsonString text
                && !text.value().isEmpty()
                && text.value().isBlank();
        if (blank) {
            faults.shape(FaultCode.BAD_VALUE, place, "gives no reason", "write why this is meant so");
        }
        return !blank;
    }

    private void accept(FaultCode code, String reason, Place place, Place owner) {
        if (code.severity() == Severity.ERROR) {
            faults.error(
                    FaultCode.NOT_A_WARNING,
                    place,
                    code.wire() + " is an error, which cannot be accepted",
                    "correct the error, and remove this line");
        } else if (code == FaultCode.ACCEPTS_NOTHING) {
            faults.error(
                    FaultCode.NOT_A_WARNING,
                    place,
                    code.wire() + " cannot be accepted",
                    "remove this line, and the acceptance that it was for");
        } else {
            faults.accept(code, reason, place, owner);
        }
    }

    private void unknown(String name, Place place) {
        var known = Arrays.stream(FaultCode.values())
                .filter(code -> code.severity() == Severity.WARNING)
                .map(FaultCode::wire)
                .toList();
        faults.error(
                FaultCode.NOT_A_WARNING,
                place,
                "no warning has the code " + Shown.text(name),
                Spelling.nearest(name, known)
                        .map(meant -> "did you mean " + meant + "?")
                        .orElse("write one of: " + String.join(", ", List.copyOf(known))));
    }
}
