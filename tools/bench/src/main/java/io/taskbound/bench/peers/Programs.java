// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * What of others is on this machine.
 *
 * @param bao the program
 * @param keycloak the distribution, zipped
 * @param java the home of a JDK for Keycloak
 */
record Programs(Optional<Path> bao, Optional<Path> keycloak, Path java) {
    static final String KEYCLOAK = "PEERS_KEYCLOAK";
    static final String KEYCLOAK_JAVA = "PEERS_KEYCLOAK_JAVA";

    /** @param environment {@code BAO} goes before PATH; the script says the other two */
    static Programs find(Map<String, String> environment) {
        var named = Optional.ofNullable(environment.get("BAO")).map(Path::of);
        var keycloak = Optional.ofNullable(environment.get(KEYCLOAK)).map(Path::of);
        var java = Optional.ofNullable(environment.get(KEYCLOAK_JAVA)).orElse(System.getProperty("java.home"));
        return new Programs(
                named.or(() -> onPath(environment)).filter(Files::isExecutable),
                keycloak.filter(Files::isReadable),
                Path.of(java));
    }

    private static Optional<Path> onPath(Map<String, String> environment) {
        return Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "bao"))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
