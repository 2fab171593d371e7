// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.taskbound.audit.AuditEntry;
import io.taskbound.audit.Event;
import io.taskbound.audit.Outcome;
import io.taskbound.http.Answers;
import io.taskbound.http.HttpRequest;
import io.taskbound.http.HttpResponse;
import io.taskbound.http.IssuerEdge;
import io.taskbound.http.RequestId;
import io.taskbound.issuer.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.crac.Core;

/** The Lambda function: payload 2.0 (or 1.0, of a private API) in, the answer that both take out. */
public final class IssuerLambda implements RequestStreamHandler {
    private static final int MAX_EVENT = 512 * 1024;
    private final LambdaWiring parts;
    private final LazyIssuer issuer;
    private final Health health;
    private final SnapshotHooks hooks;

    /** What Lambda calls: settings and a packaged policy are checked here, so that a wrong one fails the deployment. */
    public IssuerLambda() {
        this(System.getenv(), InitializationType.of(System.getenv()));
    }

    private IssuerLambda(Map<String, String> environment, InitializationType kind) {
        this(LambdaWiring.of(environment, kind, Clock.systemUTC()));
        begin(kind);
        if (kind == InitializationType.FOR_SNAPSHOT) {
            Core.getGlobalContext().register(hooks);
        }
    }

    IssuerLambda(LambdaWiring parts) {
        this.parts = parts;
        this.issuer = new LazyIssuer(parts);
        this.health = new Health(issuer);
        // Kept here: the context knows it by a weak reference only.
        this.hooks = new SnapshotHooks(issuer, health);
    }

    LazyIssuer held() {
        return issuer;
    }

    SnapshotHooks hooks() {
        return hooks;
    }

    /** Saves the first request time and decides nothing: a start without it is a slower one. Never fails. */
    void begin(InitializationType kind) {
        if (kind == InitializationType.ON_DEMAND) {
            issuer.load(SnapshotHooks.LOADING, () -> rehearse(WarmUp.Length.MINT));
        } else {
            rehearse(WarmUp.Length.WHOLE_LIFE);
            issuer.touchTheTable();
        }
    }

    private static void rehearse(WarmUp.Length length) {
        try {
            WarmUp.play(length);
        } catch (RuntimeException broken) {
            System.err.println("taskbound: the rehearsal failed, the first request will be slower: " + broken);
        }
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        handleRequest(input, output, context.getAwsRequestId());
    }

    void handleRequest(InputStream input, OutputStream output, String requestId) throws IOException {
        var event = input.readNBytes(MAX_EVENT + 1);
        var request = event.length > MAX_EVENT ? Optional.<HttpRequest>empty() : LambdaEvent.readOrEmpty(event);
        output.write(LambdaEvent.write(request.map(this::answer).orElseGet(() -> notAnEvent(requestId))));
    }

    private HttpResponse answer(HttpRequest request) {
        return parts.meters().request(() -> answerOrSayWhatIsLacking(request));
    }

    private HttpResponse answerOrSayWhatIsLacking(HttpRequest request) {
        if (Health.isAskedBy(request)) {
            return health.answer(request, parts.clock().instant());
        }
        try {
            return edge(request).handle(request);
        } catch (NotReady lacking) {
            return unavailable(request, lacking.lack());
        }
    }

    private IssuerEdge edge(HttpRequest request) throws NotReady {
        return request.path().equals("/token") ? issuer.edgeToMint(parts.clock().instant()) : issuer.edge();
    }

    /** Nothing was issued or changed; the audit log says what is lacking. */
    private HttpResponse unavailable(HttpRequest request, Missing lack) {
        var now = parts.clock().instant();
        var requestId = RequestId.of(request.requestId(), now);
        var refusal = lack.refusal();
        parts.meters()
                .watching(parts.audit())
                .accept(AuditEntry.begin(Event.REQUEST, requestId, now)
                        .error(refusal.code().wire())
                        .reason(refusal.reason())
                        .detail(lack.word())
                        .end(Outcome.UNAVAILABLE));
        return new Answers(parts.issuerUrl()).refusal(refusal, requestId);
    }

    private static HttpResponse notAnEvent(String requestId) {
        var refusal =
                Refusal.malformed("not an event of payload format 2.0 or 1.0, or larger than " + MAX_EVENT + " octets");
        return new Answers("").refusal(refusal, requestId);
    }
}
