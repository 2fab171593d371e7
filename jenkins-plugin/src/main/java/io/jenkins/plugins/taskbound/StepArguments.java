// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import hudson.AbortException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
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
    private static final Set<String> TEXTS = Set.of(
            "task", "identifier", "action", "issuer", "credentialsId", "lifetime", "lease", "variable", "approvalWait");
    /** A Groovy list of texts is as good as one text with commas. */
    private static final Set<String> LISTS = Set.of("action", "location");

    private static final Set<String> SWITCHES = Set.of("file", "dryRun", "receipt");
    private static final Set<String> OF_A_TARGET = Set.of("identifier", "action", "location");
    private static final String DETAILS = "details";
    private static final String DETAILS_FORM =
            "withTaskToken: details must be a list such as [[identifier: 'a:1', action: 'read']]";

    private StepArguments() {}

    /**
     * The same with every list of texts written as one text, since that is what Pipeline Syntax shows. Refuses a name
     * or a type that does not fit with one sentence.
     */
    static Map<String, Object> checked(Map<String, Object> given) throws AbortException {
        var checked = new LinkedHashMap<String, Object>();
        for (Map.Entry<String, Object> argument : given.entrySet()) {
            checked.put(argument.getKey(), checked(argument.getKey(), argument.getValue()));
        }
        return checked;
    }

    private static Object checked(String name, Object value) throws AbortException {
        if (name.equals("approvalWait") && Integer.valueOf(0).equals(value)) {
            return "0";
        }
        if (TEXTS.contains(name)) {
            return checkedText(name, value);
        }
        if (SWITCHES.contains(name)) {
            return checkedSwitch(name, value);
        }
        if (name.equals(DETAILS)) {
            return checkedDetails(value);
        }
        Set<String> known = new TreeSet<>(TEXTS);
        known.addAll(SWITCHES);
        known.add(DETAILS);
        throw wrong("unknown parameter '" + name + "'. The parameters are: " + String.join(", ", known));
    }

    private static Object checkedText(String name, Object value) throws AbortException {
        if (value == null || value instanceof CharSequence) {
            return value;
        }
        if (!LISTS.contains(name)) {
            throw wrong(name + " must be text in quotes");
        }
        var texts = new ArrayList<String>();
        for (Object text : several(name, value)) {
            if (!(text instanceof CharSequence) || text.toString().isBlank()) {
                throw notTexts(name);
            }
            texts.add(text.toString());
        }
        return String.join(", ", texts);
    }

    private static Collection<?> several(String name, Object value) throws AbortException {
        if (value instanceof Collection<?> texts) {
            return texts;
        }
        if (value instanceof Object[] texts) {
            return List.of(texts);
        }
        throw notTexts(name);
    }

    private static AbortException notTexts(String name) {
        return wrong(name + " must be text in quotes, or a list of such texts: " + name + ": ['one', 'two']");
    }

    private static Object checkedSwitch(String name, Object value) throws AbortException {
        if (!(value instanceof Boolean) && !"true".equals(value) && !"false".equals(value)) {
            throw wrong(name + " must be true or false");
        }
        return value;
    }

    private static Object checkedDetails(Object value) throws AbortException {
        if (value == null) {
            return null;
        }
        if (!(value instanceof List<?> targets)) {
            throw new AbortException(DETAILS_FORM);
        }
        var checked = new ArrayList<Object>();
        for (Object target : targets) {
            checked.add(checkedTarget(target));
        }
        return checked;
    }

    private static Object checkedTarget(Object target) throws AbortException {
        if (target instanceof UninstantiatedDescribable written) {
            var checked = new UninstantiatedDescribable(
                    written.getSymbol(), written.getKlass(), checkedFields(written.getArguments()));
            checked.setModel(written.getModel());
            return checked;
        }
        if (target instanceof Map<?, ?> named) {
            return checkedFields(named);
        }
        if (target instanceof TaskTarget) {
            return target;
        }
        throw new AbortException(DETAILS_FORM);
    }

    private static Map<String, Object> checkedFields(Map<?, ?> given) throws AbortException {
        var checked = new LinkedHashMap<String, Object>();
        for (Map.Entry<?, ?> field : given.entrySet()) {
            String name = String.valueOf(field.getKey());
            checked.put(name, checkedField(name, field.getValue()));
        }
        return checked;
    }

    private static Object checkedField(String name, Object value) throws AbortException {
        if (name.equals(DescribableModel.CLAZZ)) {
            return value;
        }
        if (!OF_A_TARGET.contains(name)) {
            throw wrong("unknown field '" + name + "': a target has identifier, action and location");
        }
        return checkedText(name, value);
    }

    static AbortException wrong(String sentence) {
        return new AbortException("withTaskToken: " + sentence);
    }
}
