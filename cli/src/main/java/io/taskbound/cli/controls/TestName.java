// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.controls;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One test, or all of a class.
 *
 * @param type the class, without the {@code io.taskbound} that all begin with
 * @param method absent for all of the class
 */
record TestName(String type, Optional<String> method) implements Comparable<TestName> {
    private static final String PREFIX = "io.taskbound.";
    private static final Pattern WRITTEN =
            Pattern.compile("([a-z0-9]+(?:\\.[a-z0-9]+)*\\.[A-Z][A-Za-z0-9]*)(?:#([a-z][A-Za-z0-9]*))?");

    /** @throws IllegalArgumentException if it is not {@code package.Class} or {@code package.Class#method} */
    static TestName parse(String text) {
        var match = WRITTEN.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not the name of a test, such as cli.run.RunIT#theTokenIsDead");
        }
        return new TestName(match.group(1), Optional.ofNullable(match.group(2)));
    }

    /** With its package. */
    String className() {
        return PREFIX + type;
    }

    /**
     * Whether a report's case is one of it; a nested class belongs to the one around it. Where a whole class was
     * skipped, its one case has no name.
     */
    boolean isCase(String className, String caseName) {
        return className.replaceFirst("\\$.*", "").equals(className())
                && (caseName.isEmpty()
                        || method.map(name -> isOf(name, caseName)).orElse(true));
    }

    /** A parameterized one is followed by its parameters' types and a number. */
    private static boolean isOf(String method, String caseName) {
        return caseName.startsWith(method)
                && (caseName.length() == method.length()
                        || !Character.isJavaIdentifierPart(caseName.charAt(method.length())));
    }

    @Override
    public int compareTo(TestName other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return type + method.map(name -> "#" + name).orElse("");
    }
}
