// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo;

/** Something that the rest of the story needs did not come about. */
public final class StoryBroken extends Exception {
    private static final long serialVersionUID = 1L;

    public StoryBroken(String what) {
        super(what);
    }

    public String what() {
        return String.valueOf(getMessage());
    }
}
