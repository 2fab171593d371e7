// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import hudson.AbortException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;

/**
 * What a Pipeline script gave to the step. A name or a type that does not fit is one sentence that fails the build:
 * Jenkins' own binding only warns of a name, so that a mistyped {@code lease} would be none, and answers a wrong type
 * with a stack trace.
 */
final class StepArguments {
    private static final Set<String> TEXTS =
            Set.of("task", "identifier", "action", "issuer", "credentialsId", "lifetime", "lease", "variable");
    private static final Set<String> SWITCHES = Set.of("file", "dryRun");
    private static final Set<String> OF_A_TARGET = Set.of("identifier", "action", "location");
    private static final String DETAILS = "details";
    private static final String DETAILS_FORM =
            "withTaskToken: details must be a list such as [[identifier: 'a:1', action: 'read']]";

    private StepArguments() {}

    /** Refuses a name or a type that does not fit with one sentence. */
    static void check(Map<String, Object> given) throws AbortException {
        for (Map.Entry<String, Object> argument : given.entrySet()) {
            check(argument.getKey(), argument.getValue());
        }
    }

    private static void check(String name, Object value) throws AbortException {
        if (TEXTS.contains(name)) {
            checkText(name, value);
        } else if (SWITCHES.contains(name)) {
            checkSwitch(name, value);
        } else if (name.equals(DETAILS)) {
            checkDetails(value);
        } else {
            Set<String> known = new TreeSet<>(TEXTS);
            known.addAll(SWITCHES);
            known.add(DETAILS);
            throw wrong("unknown parameter '" + name + "'. The parameters are: " + String.join(", ", known));
        }
    }

    private static void checkText(String name, Object value) throws AbortException {
        if (value != null && !(value instanceof CharSequence)) {
            String several = name.equals("action") ? "; several are separated by commas" : "";
            throw wrong(name + " must be text in quotes" + several);
        }
    }

    private static void checkSwitch(String name, Object value) throws AbortException {
        if (!(value instanceof Boolean) && !"true".equals(value) && !"false".equals(value)) {
            throw wrong(name + " must be true or false");
        }
    }

    private static void checkDetails(Object value) throws AbortException {
        if (value == null) {
            return;
        }
        if (!(value instanceof List<?> targets)) {
            throw new AbortException(DETAILS_FORM);
        }
        for (Object target : targets) {
            checkTarget(target);
        }
    }

    private static void checkTarget(Object target) throws AbortException {
        if (target instanceof UninstantiatedDescribable written) {
            checkTarget(written.getArguments());
        } else if (target instanceof Map<?, ?> named) {
            for (Map.Entry<?, ?> field : named.entrySet()) {
                checkField(String.valueOf(field.getKey()), field.getValue());
            }
        } else if (!(target instanceof TaskTarget)) {
            throw new AbortException(DETAILS_FORM);
        }
    }

    private static void checkField(String name, Object value) throws AbortException {
        if (name.equals(DescribableModel.CLAZZ)) {
            return;
        }
        if (!OF_A_TARGET.contains(name)) {
            throw wrong("unknown field '" + name + "': a target has identifier, action and location");
        }
        checkText(name, value);
    }

    static AbortException wrong(String sentence) {
        return new AbortException("withTaskToken: " + sentence);
    }
}
