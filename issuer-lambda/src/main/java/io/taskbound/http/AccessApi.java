// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import io.taskbound.issuer.Evaluate;
import io.taskbound.issuer.Evaluation;
import io.taskbound.issuer.Refusal;
import io.taskbound.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;

/** The two evaluation endpoints of the AuthZEN Authorization API 1.0; docs/authzen.md says how it means task tokens. */
final class AccessApi {
    static final String EVALUATION = AccessAnswers.PATH + "v1/evaluation";
    static final String EVALUATIONS = AccessAnswers.PATH + "v1/evaluations";

    private final Evaluate evaluate;
    private final Answers answers;

    AccessApi(Evaluate evaluate, Answers answers) {
        this.evaluate = evaluate;
        this.answers = answers;
    }

    HttpResponse evaluation(HttpRequest request, String requestId, Instant now) throws RefusedRequest {
        AccessAnswers.requireRequestId(request);
        return one(request, EvaluationBody.object(request), requestId, now);
    }

    HttpResponse evaluations(HttpRequest request, String requestId, Instant now) throws RefusedRequest {
        AccessAnswers.requireRequestId(request);
        var body = EvaluationBody.object(request);
        return EvaluationsBody.isSeveral(body)
                ? several(request, EvaluationsBody.read(body), requestId, now)
                : one(request, body, requestId, now);
    }

    private HttpResponse one(HttpRequest request, JsonObject body, String requestId, Instant now)
            throws RefusedRequest {
        return evaluate.evaluate(BasicCredentials.of(request), EvaluationBody.read(body), requestId, now)
                .match(
                        permitted -> AccessAnswers.answer(request, AccessAnswers.decision(permitted), requestId),
                        denied -> AccessAnswers.answer(request, AccessAnswers.decision(denied), requestId),
                        refused -> refuse(request, refused.refusal(), requestId));
    }

    /** One after the other, so that what comes after the end counts no use. */
    private HttpResponse several(HttpRequest request, EvaluationsBody asked, String requestId, Instant now) {
        var credentials = BasicCredentials.of(request);
        var decisions = new ArrayList<JsonObject>();
        for (var one : asked.evaluations()) {
            var decided = one.request()
                    .map(readable -> evaluate.evaluate(credentials, readable, requestId, now))
                    .orElseGet(() -> evaluate.malformed(credentials, one.fault(), requestId, now));
            if (decided instanceof Evaluation.Refused refused) {
                return refuse(request, refused.refusal(), requestId);
            }
            if (decided instanceof Evaluation.Permitted permitted) {
                decisions.add(AccessAnswers.decision(permitted));
            } else if (decided instanceof Evaluation.Denied denied) {
                decisions.add(AccessAnswers.decision(denied));
            }
            if (asked.semantic().endsWith(decided instanceof Evaluation.Permitted)) {
                break;
            }
        }
        return AccessAnswers.answer(request, AccessAnswers.decisions(decisions), requestId);
    }

    private HttpResponse refuse(HttpRequest request, Refusal refusal, String requestId) {
        return answers.refusal(request, refusal, refusal.code().status(), requestId);
    }
}
