// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.parts;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * Adds jars to the class path of the running program. The JVM hands the means for it to the class that the program's
 * own jar names as {@code Launcher-Agent-Class}; a loader of ours beside the system's would be unknown to the JDK's own
 * threads, which look for services of DynamoDB Local.
 */
public final class SystemPath {
    private static @Nullable Instrumentation instrumentation;

    private SystemPath() {}

    /** Called by the JVM before {@code main}, when it was started with {@code -jar}. */
    public static void agentmain(String arguments, Instrumentation given) {
        instrumentation = given;
    }

    /** The jars among the files; natives need only lie beside the jar that loads them. */
    static void add(List<Path> files) {
        var given = instrumentation;
        if (given == null) {
            throw new IllegalStateException("the program was not started with -jar");
        }
        for (var file : files) {
            if (file.toString().endsWith(".jar")) {
                try {
                    given.appendToSystemClassLoaderSearch(new JarFile(file.toFile()));
                } catch (IOException fault) {
                    throw new UncheckedIOException(fault);
                }
                // Whoever starts a JVM of its own from this one's class path has it too.
                System.setProperty(
                        "java.class.path", System.getProperty("java.class.path") + File.pathSeparator + file);
            }
        }
    }
}
