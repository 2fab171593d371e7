// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.github;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What an installation does with its token. */
final class TokenEndpoints {
    private final World world;
    private final GitFolder folder;
    private final CommentEndpoints comments;

    TokenEndpoints(World world, GitFolder folder, CommentEndpoints comments) {
        this.world = world;
        this.folder = folder;
        this.comments = comments;
    }

    Answer revoke(Asked asked) {
        var value = asked.token().filter(token -> world.token(token).isPresent());
        if (value.isEmpty()) {
            return Answer.badCredentials();
        }
        world.end(value.get());
        return Answer.empty(204);
    }

    Answer repositories(Asked asked, String origin) {
        var token = asked.token().flatMap(world::token);
        if (token.isEmpty()) {
            return Answer.badCredentials();
        }
        var list = token.get().repositories();
        var json = new LinkedHashMap<String, Object>();
        json.put("total_count", list.size());
        json.put("repository_selection", "selected");
        json.put("repositories", list.stream().map(one -> one.json(origin)).toList());
        return Answer.json(200, json);
    }

    /** {@code /repos/{owner}/{repo}}, alone, with {@code /contents/{path}} or with comments. */
    Answer repository(Asked asked, String origin) {
        var token = asked.token().flatMap(world::token);
        if (token.isEmpty()) {
            return Answer.badCredentials();
        }
        var segments = asked.segments();
        var repository = world.repository(segments.get(1), segments.get(2)).filter(token.get()::has);
        if (repository.isEmpty()) {
            return Answer.notFound();
        }
        if (segments.size() == 3) {
            return asked.method().equals("GET")
                    ? Answer.json(200, repository.get().json(origin))
                    : Answer.notFound();
        }
        if (segments.get(3).equals("issues")) {
            return comments.answer(asked, repository.get(), token.get());
        }
        if (segments.size() < 5 || !segments.get(3).equals("contents")) {
            return Answer.notFound();
        }
        boolean write = asked.method().equals("PUT");
        if (!token.get().may("contents", write)) {
            return Answer.message(403, "Resource not accessible by integration");
        }
        var path = String.join("/", segments.subList(4, segments.size()));
        return write ? put(asked, repository.get(), path) : read(asked, repository.get(), path);
    }

    private Answer read(Asked asked, Repository repository, String path) {
        var branch = asked.parameters().getOrDefault("ref", GitFolder.BRANCH);
        var content = branch.matches("[A-Za-z0-9._/-]{1,100}")
                        && folder.tip(repository, branch).isPresent()
                ? folder.file(repository, branch, path)
                : Optional.<byte[]>empty();
        if (content.isEmpty()) {
            return Answer.notFound();
        }
        var json = file(path, folder.blob(repository, branch, path).orElse(""));
        json.put("size", content.get().length);
        json.put("encoding", "base64");
        json.put("content", Base64.getEncoder().encodeToString(content.get()));
        return Answer.json(200, json);
    }

    private Answer put(Asked asked, Repository repository, String path) {
        var wanted = asked.json();
        var message = String.valueOf(wanted.getOrDefault("message", ""));
        var content = content(wanted);
        if (message.isEmpty() || content.isEmpty()) {
            return Answer.message(422, "Invalid request.");
        }
        var there = folder.blob(repository, GitFolder.BRANCH, path);
        if (there.isPresent() && !there.get().equals(wanted.get("sha"))) {
            return wanted.containsKey("sha")
                    ? Answer.message(409, path + " does not match")
                    : Answer.message(422, "Invalid request.\n\n\"sha\" wasn't supplied.");
        }
        var commit = folder.commit(repository, path, content.get(), message);
        var json = new LinkedHashMap<String, Object>();
        json.put(
                "content",
                file(path, folder.blob(repository, GitFolder.BRANCH, path).orElse("")));
        json.put("commit", Map.of("sha", commit, "message", message));
        return Answer.json(there.isPresent() ? 200 : 201, json);
    }

    private static Optional<byte[]> content(Map<String, Object> wanted) {
        try {
            return Optional.ofNullable(wanted.get("content"))
                    .map(text -> Base64.getMimeDecoder().decode(String.valueOf(text)));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static Map<String, Object> file(String path, String sha) {
        var json = new LinkedHashMap<String, Object>();
        json.put("type", "file");
        json.put("name", path.substring(path.lastIndexOf('/') + 1));
        json.put("path", path);
        json.put("sha", sha);
        return json;
    }
}
