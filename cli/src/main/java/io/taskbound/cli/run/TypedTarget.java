// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import io.taskbound.cli.terminal.Faults;
import io.taskbound.client.TaskRequest;
import io.taskbound.task.AuthorizationDetails;
import io.taskbound.task.Identifier;
import java.util.HashSet;
import java.util.List;

/**
 * A target with actions of its own, as typed: {@code read,list s3:bucket/prefix/}.
 *
 * @param actions at least one
 */
record TypedTarget(List<String> actions, String identifier) {
    TypedTarget {
        actions = List.copyOf(actions);
    }

    /** Says of each that is not of this form what is wrong with it. */
    static void check(List<String> texts, Faults faults) {
        faults.addUnless(
                texts.size() <= TaskRequest.MAX_DETAILS,
                "--target may be given at most " + TaskRequest.MAX_DETAILS + " times.");
        texts.forEach(text -> check(text, faults));
        faults.addUnless(new HashSet<>(texts).size() == texts.size(), "--target names the same target twice.");
    }

    private static void check(String text, Faults faults) {
        if (text.indexOf(' ') < 0) {
            faults.add("--target needs actions, a space and an identifier, such as \"read s3:bucket/prefix/\".");
            return;
        }
        var target = parse(text);
        faults.addUnless(
                !target.actions.isEmpty() && target.actions.stream().allMatch(AuthorizationDetails::isAction),
                "--target: an action must be at most 64 letters, digits and . _ : -");
        faults.addUnless(
                new HashSet<>(target.actions).size() == target.actions.size(), "--target names the same action twice.");
        Identifier.fault(target.identifier)
                .ifPresent(fault -> faults.add("--target: the identifier " + fault
                        + ". It must be one concrete target: " + Identifier.RULE + "."));
    }

    /** @param text has a space */
    static TypedTarget parse(String text) {
        int space = text.indexOf(' ');
        return new TypedTarget(
                List.of(text.substring(0, space).split(",", -1)),
                text.substring(space + 1).strip());
    }
}
