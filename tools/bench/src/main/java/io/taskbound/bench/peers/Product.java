// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A checkout that has been built: what is measured need not be what measures. */
record Product(Path checkout) {
    private static final String BUILD = "mvn -q -DskipTests -pl cli -am package";

    Path commandLine() throws NotHere {
        return built("cli/target/taskbound.jar");
    }

    /** The deployed zip, unpacked into this folder. */
    Path unpack(Path folder) throws IOException, NotHere {
        return Unzipped.into(folder, built("issuer-lambda/target/taskbound-issuer.zip"));
    }

    private Path built(String file) throws NotHere {
        var path = checkout.resolve(file).toAbsolutePath();
        if (!Files.isReadable(path)) {
            throw new NotHere(path + " is not there; build it there with: " + BUILD);
        }
        return path;
    }
}
