// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the policies lie that people copy from. */
final class Examples {
    private Examples() {}

    static Path root() {
        return Path.of(Optional.ofNullable(System.getProperty("taskbound.root")).orElse(".."));
    }

    static List<Path> all() {
        return Stream.of(
                        "infra/policy/example.yaml",
                        "docs/examples/policies",
                        "docs/examples/approvals",
                        "docs/examples/fragments",
                        "integrations/gitlab/policy.yaml",
                        "integrations/buildkite/policy.yaml",
                        "integrations/circleci/policy.yaml",
                        "integrations/tekton/policy.yaml",
                        "integrations/kubernetes/policy.yaml",
                        "jenkins-plugin/examples/policy.yaml",
                        "jenkins-plugin/demo/policy.yaml")
                .map(root()::resolve)
                .toList();
    }
}
