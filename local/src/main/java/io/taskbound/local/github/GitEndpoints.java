// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.github;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code /{owner}/{repo}.git/…}, as git's clients ask over HTTP. */
final class GitEndpoints {
    private static final Set<String> ASKED = Set.of("/info/refs", "/git-upload-pack", "/git-receive-pack");
    private static final String PUSH = "git-receive-pack";

    private final World world;
    private final GitBackend backend;

    GitEndpoints(World world, GitFolder folder) {
        this.world = world;
        this.backend = new GitBackend(folder);
    }

    /** Empty for what is nothing of git's. */
    Optional<Answer> answer(Asked asked) throws IOException, InterruptedException {
        List<String> segments = asked.segments();
        if (segments.size() < 3) {
            return Optional.empty();
        }
        var rest = "/" + String.join("/", segments.subList(2, segments.size()));
        if (!ASKED.contains(rest)) {
            return Optional.empty();
        }
        var name = segments.get(1);
        return Optional.of(answer(
                asked, segments.get(0), name.endsWith(".git") ? name.substring(0, name.length() - 4) : name, rest));
    }

    private Answer answer(Asked asked, String owner, String name, String rest)
            throws IOException, InterruptedException {
        var token = asked.token().flatMap(world::token);
        if (token.isEmpty()) {
            return Answer.text(401, "Invalid username or token.").header("WWW-Authenticate", "Basic realm=\"GitHub\"");
        }
        var repository = world.repository(owner, name).filter(token.get()::has);
        if (repository.isEmpty()) {
            return Answer.text(404, "Repository not found.");
        }
        boolean push = rest.endsWith(PUSH) || PUSH.equals(asked.parameters().get("service"));
        if (!token.get().may("contents", push)) {
            return Answer.text(403, push ? "Write access to repository not granted." : "Access denied.");
        }
        return backend.serve(asked, repository.get(), rest);
    }
}
