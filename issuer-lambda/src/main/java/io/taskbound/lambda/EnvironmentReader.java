// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads a function's environment by name, and keeps what is wrong with it until all has been read. */
final class EnvironmentReader {
    private static final Pattern WHOLE = Pattern.compile("[1-9][0-9]{0,3}");

    private final Map<String, String> environment;
    private final List<String> faults = new ArrayList<>();

    EnvironmentReader(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Without the blanks around it; a variable that is empty is absent. */
    Optional<String> value(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** @param remedy what to set it to */
    Optional<String> required(String name, String remedy) {
        var value = value(name);
        if (value.isEmpty()) {
            fault(name + " is not set: " + remedy);
        }
        return value;
    }

    /** @param fault what it must be, to follow the variable's name */
    void check(String name, Optional<String> value, Predicate<String> isRight, String fault) {
        if (value.isPresent() && !isRight.test(value.get())) {
            fault(name + fault);
        }
    }

    /** From 1 to 9999. */
    int whole(String name, int unset) {
        var text = value(name);
        if (text.isPresent() && !WHOLE.matcher(text.get()).matches()) {
            fault(name + " must be a whole number from 1 to 9999; leave it out for " + unset);
            return unset;
        }
        return text.map(Integer::valueOf).orElse(unset);
    }

    Optional<SignerKind> signer(String name) {
        var kind = SignerKind.named(value(name).orElse(SignerKind.KMS.word()));
        if (kind.isEmpty()) {
            fault(name + " must be one of " + SignerKind.words() + "; leave it out for kms");
        }
        return kind;
    }

    private void fault(String fault) {
        faults.add(fault);
    }

    /** Everything that was wrong so far, each with its variable and its remedy. */
    List<String> faults() {
        return List.copyOf(faults);
    }
}
