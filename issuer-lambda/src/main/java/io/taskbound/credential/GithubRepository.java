// SPDX-License-Identifier: Apache-2.0
package io.taskbound.credential;

import io.taskbound.task.Identifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The target that {@code github:OWNER/NAME} is. */
record GithubRepository(String owner, String name) {
    private static final String BEGINNING = "github:";
    private static final int MAX_NAME = 100;
    private static final String SIGNS = "._-";

    /**
     * At least one repository, all of one owner.
     *
     * @throws NotDeliverable for any other target
     */
    static List<GithubRepository> all(Collection<Identifier> targets) throws NotDeliverable {
        var all = new ArrayList<GithubRepository>();
        for (var target : targets) {
            all.add(of(target.value())
                    .orElseThrow(() -> new NotDeliverable("an identifier at this resource server is a repository:"
                            + " request github:OWNER/NAME, with the names that GitHub has")));
        }
        requireOneOwner(all);
        return all;
    }

    private static void requireOneOwner(List<GithubRepository> all) throws NotDeliverable {
        var owners = new HashSet<String>();
        var names = new HashSet<String>();
        for (var repository : all) {
            owners.add(repository.owner);
            names.add(repository.name.toLowerCase(Locale.ROOT));
        }
        if (owners.size() > 1) {
            throw new NotDeliverable("a GitHub credential is for repositories of one owner: request those of each other"
                    + " owner in a step of its own");
        }
        if (names.size() < all.size()) {
            throw new NotDeliverable("two identifiers are one repository, since GitHub ignores case: request it once");
        }
    }

    private static Optional<GithubRepository> of(String identifier) {
        if (!identifier.startsWith(BEGINNING)) {
            return Optional.empty();
        }
        int slash = identifier.indexOf('/');
        var owner = slash < 0 ? "" : identifier.substring(BEGINNING.length(), slash);
        var name = identifier.substring(slash + 1);
        return !owner.isEmpty() && isName(name) ? Optional.of(new GithubRepository(owner, name)) : Optional.empty();
    }

    /** What GitHub takes as a repository's name; it drops {@code .git} from the end of one. */
    private static boolean isName(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_NAME
                && text.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || SIGNS.indexOf(c) >= 0))
                && !text.chars().allMatch(c -> c == '.')
                && !text.toLowerCase(Locale.ROOT).endsWith(".git");
    }
}
