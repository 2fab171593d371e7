// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.github;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code /repos/{owner}/{repo}/issues/…}: the comments on pull requests, which are issues to this API. */
final class CommentEndpoints {
    /** GitHub takes no longer comment. */
    private static final int LONGEST = 65_536;

    private static final int USUAL_PAGE = 30;
    private static final int LONGEST_PAGE = 100;

    private final List<PullRequest> pullRequests = new ArrayList<>();
    private final List<Comment> comments = new ArrayList<>();

    private record PullRequest(long repository, long number) {}

    private record Comment(long id, PullRequest of, String author, String body) {
        Map<String, Object> json() {
            var user = new LinkedHashMap<String, Object>();
            user.put("login", author);
            user.put("type", "Bot");
            var json = new LinkedHashMap<String, Object>();
            json.put("id", id);
            json.put("user", user);
            json.put("body", body);
            return json;
        }
    }

    synchronized void open(Repository repository, long number) {
        pullRequests.add(new PullRequest(repository.id(), number));
    }

    /** The comments on one pull request, the oldest first. */
    synchronized List<String> on(Repository repository, long number) {
        return of(new PullRequest(repository.id(), number)).map(Comment::body).toList();
    }

    private Stream<Comment> of(PullRequest pullRequest) {
        return comments.stream().filter(one -> one.of().equals(pullRequest));
    }

    synchronized Answer answer(Asked asked, Repository repository, LiveToken token) {
        var segments = asked.segments();
        boolean one = segments.size() == 6 && segments.get(4).equals("comments");
        boolean all = segments.size() == 6 && segments.get(5).equals("comments");
        var number = one || all ? number(segments.get(one ? 5 : 4)) : Optional.<Long>empty();
        if (number.isEmpty()) {
            return Answer.notFound();
        }
        boolean write = !asked.method().equals("GET");
        if (!token.may("pull_requests", write) && !token.may("issues", write)) {
            return Answer.message(403, "Resource not accessible by integration");
        }
        return one ? change(asked, repository, number.get()) : list(asked, repository, number.get(), token);
    }

    private static Optional<Long> number(String text) {
        return text.matches("[1-9][0-9]{0,9}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    private Answer list(Asked asked, Repository repository, long number, LiveToken token) {
        var pullRequest = new PullRequest(repository.id(), number);
        if (!pullRequests.contains(pullRequest)) {
            return Answer.notFound();
        }
        if (asked.method().equals("POST")) {
            return body(asked)
                    .map(body -> add(pullRequest, token.install().app().name() + "[bot]", body))
                    .orElseGet(CommentEndpoints::invalid);
        }
        long size = Math.min(LONGEST_PAGE, parameter(asked, "per_page", USUAL_PAGE));
        long before = (parameter(asked, "page", 1) - 1) * size;
        return asked.method().equals("GET")
                ? Answer.json(
                        200,
                        of(pullRequest)
                                .skip(before)
                                .limit(size)
                                .<Object>map(Comment::json)
                                .toList())
                : Answer.notFound();
    }

    private static long parameter(Asked asked, String name, long otherwise) {
        return number(asked.parameters().getOrDefault(name, "")).orElse(otherwise);
    }

    private Answer add(PullRequest pullRequest, String author, String body) {
        var comment = new Comment(comments.size() + 9001L, pullRequest, author, body);
        comments.add(comment);
        return Answer.json(201, comment.json());
    }

    /** Whoever may write comments may change those of others. */
    private Answer change(Asked asked, Repository repository, long id) {
        var place = comments.stream()
                .filter(one -> one.id() == id && one.of().repository() == repository.id())
                .findFirst()
                .map(comments::indexOf);
        if (place.isEmpty() || !asked.method().equals("PATCH")) {
            return Answer.notFound();
        }
        return body(asked)
                .map(body -> {
                    var old = comments.get(place.get());
                    var changed = new Comment(old.id(), old.of(), old.author(), body);
                    comments.set(place.get(), changed);
                    return Answer.json(200, changed.json());
                })
                .orElseGet(CommentEndpoints::invalid);
    }

    private static Optional<String> body(Asked asked) {
        return Optional.ofNullable(asked.json().get("body"))
                .map(String::valueOf)
                .filter(text -> !text.isBlank() && text.length() <= LONGEST);
    }

    private static Answer invalid() {
        return Answer.message(422, "Validation Failed");
    }
}
