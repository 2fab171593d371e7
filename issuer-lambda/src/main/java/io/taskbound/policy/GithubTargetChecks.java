// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import java.util.List;
import java.util.Optional;

/** Identifiers at a {@code github-app} server: repositories of the owners that the server names. */
final class GithubTargetChecks {
    private static final String BEGINNING = "github:";
    private static final String EXAMPLE = "write github:OWNER/REPOSITORY, or github:${project}";

    private final Faults faults;
    private final GithubApp app;

    GithubTargetChecks(Faults faults, GithubApp app) {
        this.faults = faults;
        this.app = app;
    }

    void check(IdentifierPattern pattern, Place place) {
        flaw(pattern).ifPresent(bad -> faults.error(FaultCode.GITHUB_REPOSITORY, place, bad.what(), bad.remedy()));
    }

    private Optional<Flaw> flaw(IdentifierPattern pattern) {
        if (!pattern.beginning().startsWith(BEGINNING)) {
            return Optional.of(new Flaw("is not a repository: those begin with " + BEGINNING, EXAMPLE));
        }
        if (pattern.parts().contains(GlobPart.Wildcard.ACROSS_SEGMENTS)) {
            return Optional.of(new Flaw("has **, but a repository's name has no /", "write * for one repository"));
        }
        var rest = pattern.beginning().substring(BEGINNING.length());
        int slash = rest.indexOf('/');
        return slash >= 0
                ? owned(rest.substring(0, slash), rest.substring(slash + 1), pattern.parts())
                : ofVariable(rest, pattern.parts());
    }

    private Optional<Flaw> owned(String owner, String name, List<GlobPart> parts) {
        if (name.isEmpty() && parts.size() == 1) {
            return Optional.of(new Flaw("names no repository", EXAMPLE));
        }
        return app.owners().containsKey(owner)
                ? Optional.empty()
                : Optional.of(new Flaw(
                        "names an owner that the server does not have, " + Shown.text(owner),
                        Spelling.nearest(owner, app.owners().keySet())
                                .map(meant -> "did you mean " + meant + "?")
                                .orElse("add it to the server's owners, with its id")));
    }

    /** The owner comes from the caller's own claims, and so is known to be its own. */
    private static Optional<Flaw> ofVariable(String rest, List<GlobPart> parts) {
        return rest.isEmpty() && parts.size() > 1 && parts.get(1) instanceof GlobPart.Variable
                ? Optional.empty()
                : Optional.of(new Flaw("has a pattern in the owner's name, or no owner", EXAMPLE));
    }
}
