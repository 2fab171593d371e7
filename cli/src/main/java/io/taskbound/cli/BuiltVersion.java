// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli;

import java.util.Optional;
import picocli.CommandLine;

/** The version that the build wrote into the jar, and the Java that runs it. */
final class BuiltVersion implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
        var built = Optional.ofNullable(BuiltVersion.class.getPackage().getImplementationVersion());
        return new String[] {"taskbound " + built.orElse("(unpacked)") + ", Java " + Runtime.version()};
    }
}
