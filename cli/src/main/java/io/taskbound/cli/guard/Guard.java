// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.guard;

import io.taskbound.cli.http.LocalAnswer;
import io.taskbound.cli.http.LocalRequest;
import io.taskbound.cli.http.Places;
import io.taskbound.cli.rules.MappedUse;
import io.taskbound.cli.rules.Overrides;
import io.taskbound.cli.rules.RequestTarget;
import io.taskbound.cli.rules.RuleSet;
import io.taskbound.client.ActiveToken;
import io.taskbound.client.Use;
import io.taskbound.client.resource.Enforcer;
import io.taskbound.client.resource.Presented;
import io.taskbound.client.resource.Verdict;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Answers a gateway's questions: 200 lets the request through, and 401, 403 and 503 are what the caller gets. Whatever
 * is odd about a request is refused before the issuer is asked, and one use is counted for each question that is
 * answered 200. Fails closed. Thread-safe.
 */
final class Guard {
    /** Where gateways ask. */
    static final String PATH = "/check";

    static final int MOST_ASKING = 16;
    static final int MOST_WAITING = 256;
    /** With {@link GuardIssuer#PATIENCE} ten seconds in all. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private static final String NOTHING = "-";
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;

    private final RuleSet rules;
    private final Gateway gateway;
    private final Enforcer enforcer;
    private final Places asking;
    private final Decisions decisions;

    /** @param asking in which the issuer is asked */
    Guard(RuleSet rules, Gateway gateway, Enforcer enforcer, Places asking, Decisions decisions) {
        this.rules = rules;
        this.gateway = gateway;
        this.enforcer = enforcer;
        this.asking = asking;
        this.decisions = decisions;
    }

    LocalAnswer answer(LocalRequest question) {
        if (!question.path().equals(PATH) && !question.path().startsWith(PATH + "/")) {
            return LocalAnswer.text(NOT_FOUND, "A gateway asks at " + PATH + ". See docs/guard.md.\n");
        }
        long began = System.nanoTime();
        var decision = decide(question);
        decisions.add(decision, Duration.ofNanos(System.nanoTime() - began));
        return answer(decision);
    }

    private static LocalAnswer answer(Decision decision) {
        var answer = LocalAnswer.text(decision.status(), decision.message().isEmpty() ? "" : decision.message() + "\n");
        // Always there, so that a gateway that copies them overwrites what the caller sent under these names.
        var headers = new LinkedHashMap<String, String>();
        headers.put(
                "X-Taskbound-Handle", decision.token().map(ActiveToken::handle).orElse(NOTHING));
        headers.put("X-Taskbound-Task", decision.token().flatMap(Guard::task).orElse(NOTHING));
        headers.put(
                "X-Taskbound-Subject",
                decision.token().map(ActiveToken::subject).orElse(NOTHING));
        headers.put("X-Taskbound-Rule", decision.use().map(MappedUse::rule).orElse(NOTHING));
        headers.putAll(decision.headers());
        for (var header : headers.entrySet()) {
            answer = answer.with(header.getKey(), printable(header.getValue()));
        }
        return answer;
    }

    private static Optional<String> task(ActiveToken token) {
        return token.details().stream().map(detail -> detail.task()).findFirst();
    }

    /** What came from elsewhere must not end a header field. */
    private static String printable(String text) {
        return text.replaceAll("[^\\x20-\\x7e]", "_");
    }

    private Decision decide(LocalRequest question) {
        if (gateway.hasForeignField(question)) {
            return Decision.odd("foreign_field", "a header field tells another original request", Optional.empty());
        }
        if (question.headerNames().stream().anyMatch(Overrides::isHeader)) {
            return Decision.odd("method_override", "a header field tells another method or path", Optional.empty());
        }
        if (question.headerNames().stream().anyMatch(Guard::isOurs)) {
            return Decision.odd(
                    "own_field",
                    "a header field that begins with X-Taskbound- is for the guard to write",
                    Optional.empty());
        }
        if (hasBody(question)) {
            return Decision.odd("body", "the question has a body", Optional.empty());
        }
        return gateway.read(question) instanceof Original.Request original
                ? decide(original, question)
                : Decision.odd("unreadable", "the question does not carry one request", Optional.empty());
    }

    /** Not all of them are overwritten by every gateway, and a service could take a caller's word for ours. */
    private static boolean isOurs(String name) {
        return name.replace('_', '-').startsWith("x-taskbound-");
    }

    private static boolean hasBody(LocalRequest question) {
        return !question.header("transfer-encoding").isEmpty()
                || question.header("content-length").stream().anyMatch(length -> !length.equals("0"))
                || question.body().length > 0;
    }

    private Decision decide(Original.Request original, LocalRequest question) {
        if (!rules.isHost(original.host())) {
            return Decision.odd("other_host", "the request is for another host", Optional.empty());
        }
        return RequestTarget.read(original.method(), original.target())
                .match(
                        target -> decide(target, question),
                        oddity -> Decision.odd(oddity.word(), oddity.sentence(), Optional.empty()));
    }

    private Decision decide(RequestTarget target, LocalRequest question) {
        return rules.map(target)
                .match(
                        use -> use(
                                target, use, Presented.read(question.header("authorization"), question.header("dpop"))),
                        open -> Decision.open(target),
                        why -> Decision.odd(why.word(), why.sentence(), Optional.of(target)));
    }

    private Decision use(RequestTarget target, MappedUse use, Presented presented) {
        // Without a token the issuer is not asked, and nobody has to wait for that.
        return presented instanceof Presented.Token
                ? inItsPlace(target, use, presented)
                : enforce(target, use, presented);
    }

    private Decision inItsPlace(RequestTarget target, MappedUse use, Presented presented) {
        try {
            return asking.work(
                    () -> enforce(target, use, presented),
                    () -> unavailable(target, use, "busy", "more requests than can wait for the issuer"));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return unavailable(target, use, "stopping", "the guard is being stopped");
        }
    }

    private Decision enforce(RequestTarget target, MappedUse use, Presented presented) {
        var verdict = enforcer.enforce(
                presented, Use.once(use.action(), use.identifier()), target.method(), rules.publicUrl(target));
        if (verdict instanceof Verdict.Allowed allowed) {
            var nonce = allowed.token().nonce().map(value -> Map.of("DPoP-Nonce", value));
            return Decision.allowed(target, use, allowed.token(), nonce.orElse(Map.of()));
        }
        var refused = (Verdict.Refused) verdict;
        return new Decision(
                refused.status(),
                "refused",
                refused.reason(),
                refused.message(),
                refused.headers(),
                Optional.of(target),
                Optional.of(use),
                Optional.empty(),
                refused.operator());
    }

    private static Decision unavailable(RequestTarget target, MappedUse use, String reason, String operator) {
        return new Decision(
                UNAVAILABLE,
                "refused",
                reason,
                "It is not known at present whether the token may be used. Try again later.",
                Map.of("Retry-After", "1"),
                Optional.of(target),
                Optional.of(use),
                Optional.empty(),
                Optional.of(operator));
    }
}
