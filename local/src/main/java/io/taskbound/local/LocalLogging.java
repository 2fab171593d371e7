// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.logging.log4j.core.config.Configurator;

/** Keeps DynamoDB Local and what it brings off the console: it is part of a tool whose output people read. */
final class LocalLogging {
    /** Held, because java.util.logging forgets the level of a logger that nobody holds. */
    private static final Logger SQLITE = Logger.getLogger("com.almworks.sqlite4java");

    private LocalLogging() {}

    static void quieten() {
        SQLITE.setLevel(Level.OFF);
        Configurator.setRootLevel(org.apache.logging.log4j.Level.OFF);
        Configurator.setLevel("software.amazon.dynamodb", org.apache.logging.log4j.Level.OFF);
    }
}
