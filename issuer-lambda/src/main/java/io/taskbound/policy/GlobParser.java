// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import java.util.ArrayList;
import java.util.List;

/** Reads what people write into pieces; what is not text or one of the known signs is refused, not guessed at. */
final class GlobParser {
    private static final String SHA256 = "{sha256}";

    private final String pattern;
    private final List<GlobPart> parts = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();
    private int at;

    private GlobParser(String pattern) {
        this.pattern = pattern;
    }

    static List<GlobPart> parse(String pattern) throws BadPattern {
        var parser = new GlobParser(pattern);
        while (parser.at < pattern.length()) {
            parser.next();
        }
        parser.endLiteral();
        return List.copyOf(parser.parts);
    }

    private void next() throws BadPattern {
        if (pattern.startsWith("***", at)) {
            throw new BadPattern("three asterisks in a row", "write * for one segment or ** for several");
        } else if (pattern.startsWith("**", at)) {
            add(GlobPart.Wildcard.ACROSS_SEGMENTS, 2);
        } else if (pattern.charAt(at) == '*') {
            add(GlobPart.Wildcard.WITHIN_SEGMENT, 1);
        } else if (pattern.startsWith(SHA256, at)) {
            add(GlobPart.Wildcard.SHA256, SHA256.length());
        } else if (pattern.startsWith("${", at)) {
            variable();
        } else if (pattern.charAt(at) == '{') {
            throw new BadPattern(
                    "{ does not begin anything known", "write {sha256} for 64 lower-case hex" + " digits, or *");
        } else {
            literal.append(pattern.charAt(at++));
        }
    }

    private void variable() throws BadPattern {
        int end = pattern.indexOf('}', at);
        if (end < 0 || !VariableName.isValid(pattern.substring(at + 2, end))) {
            throw new BadPattern(
                    "${ does not begin a variable", "write ${project}, or ${name} with a name from the rule's let");
        }
        add(new GlobPart.Variable(pattern.substring(at + 2, end)), end + 1 - at);
    }

    private void add(GlobPart part, int length) {
        endLiteral();
        parts.add(part);
        at += length;
    }

    private void endLiteral() {
        if (!literal.isEmpty()) {
            parts.add(new GlobPart.Literal(literal.toString()));
            literal.setLength(0);
        }
    }
}
