// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.shell;

/** picocli's texts as they are read: {@code %n} is a line break, {@code %%} a percent sign. */
final class HelpText {
    private HelpText() {}

    static String plain(String text) {
        return text.replace("%n", "\n").replace("%%", "%");
    }
}
