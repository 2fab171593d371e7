// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine;

/** The version and, where the build was told, the commit that the build wrote down, and the Java that runs it. */
final class BuiltVersion implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
        var built = new Properties();
        try (var file = BuiltVersion.class.getResourceAsStream("built.properties")) {
            if (file != null) {
                built.load(file);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        var commit = built.getProperty("commit", "");
        return new String[] {
            "taskbound " + built.getProperty("version", "unknown") + (commit.isEmpty() ? "" : " (" + commit + ")")
                    + ", Java " + Runtime.version()
        };
    }
}
