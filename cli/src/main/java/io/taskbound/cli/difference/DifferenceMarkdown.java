// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.difference;

import io.taskbound.policy.Change;
import java.util.ArrayList;
import java.util.List;

/**
 * A difference as markdown of GitHub and GitLab, for a comment. What does not widen access is folded when there is
 * much; what does is never folded.
 */
final class DifferenceMarkdown {
    /** Changes that are shown without folding any. */
    private static final int MOST_UNFOLDED = 8;
    /** GitHub takes a comment of 65,536 characters. */
    private static final int MOST_CHARACTERS = 60_000;

    private final List<String> lines = new ArrayList<>();
    private int characters;

    private DifferenceMarkdown() {}

    static List<String> lines(SortedChanges changes) {
        var markdown = new DifferenceMarkdown();
        markdown.add("### Policy: " + changes.summary());
        int all = changes.wider().size()
                + changes.narrower().size()
                + changes.others().size();
        boolean folded = all > MOST_UNFOLDED;
        markdown.section("Wider: allows more than before", changes.wider(), false);
        markdown.section("Narrower: allows less than before", changes.narrower(), folded);
        markdown.section("Neither: changes no decision by itself", changes.others(), folded);
        return markdown.lines;
    }

    private void section(String heading, List<Change> changes, boolean folded) {
        if (changes.isEmpty()) {
            return;
        }
        add("");
        if (folded) {
            add("<details><summary>" + heading + " (" + changes.size() + ")</summary>");
        } else {
            add("**" + heading + "**");
        }
        add("");
        int shown = 0;
        for (var change : changes) {
            var line = "- " + PlainMarkdown.of(change.subject() + ": " + change.words());
            if (characters + line.length() > MOST_CHARACTERS) {
                break;
            }
            add(line);
            shown++;
        }
        if (shown < changes.size()) {
            add("- **" + (changes.size() - shown)
                    + " more are not shown, because a comment is not long enough; policy diff prints them all**");
        }
        if (folded) {
            add("");
            add("</details>");
        }
    }

    private void add(String line) {
        lines.add(line);
        characters += line.length() + 1;
    }
}
