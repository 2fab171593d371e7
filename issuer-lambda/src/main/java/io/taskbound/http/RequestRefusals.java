// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import io.taskbound.audit.AuditEntry;
import io.taskbound.audit.AuditLine;
import io.taskbound.audit.Event;
import io.taskbound.audit.Outcome;
import io.taskbound.issuer.Refusal;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Refuses requests that no verb has read; nothing was issued or changed. */
public final class RequestRefusals {
    private final Answers answers;
    private final Consumer<AuditLine> audit;

    public RequestRefusals(String issuerUrl, Consumer<AuditLine> audit) {
        this.answers = new Answers(issuerUrl);
        this.audit = audit;
    }

    /** @param detail only for the audit log */
    public HttpResponse unavailable(HttpRequest request, Refusal refusal, Optional<String> detail, Instant now) {
        return unavailable(request, refusal, detail, refusal.code().status(), now);
    }

    HttpResponse unavailable(HttpRequest request, Refusal refusal, Optional<String> detail, int status, Instant now) {
        var requestId = RequestId.of(request.requestId(), now);
        var entry = AuditEntry.begin(Event.REQUEST, requestId, now)
                .error(refusal.code().wire())
                .reason(refusal.reason());
        detail.ifPresent(entry::detail);
        audit.accept(entry.end(Outcome.UNAVAILABLE));
        return answers.refusal(request, refusal, status, requestId);
    }

    /** The answer to what is not even a request; the audit log has no line for it. */
    public static HttpResponse notARequest(String description, String requestId) {
        var refusal = Refusal.malformed(description);
        return new Answers("").refusal(refusal, refusal.code().status(), requestId);
    }
}
