// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where the policies lie that people copy from. */
final class Examples {
    private Examples() {}

    static Path root() {
        return Path.of(Optional.ofNullable(System.getProperty("taskbound.root")).orElse(".."));
    }

    static List<Path> all() {
        return List.of(root().resolve("infra/policy/example.yaml"), root().resolve("docs/examples/policies"));
    }
}
