// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.taskbound.http.HttpRequest;
import io.taskbound.http.HttpResponse;
import io.taskbound.http.IssuerEdge;
import io.taskbound.http.RequestRefusals;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.crac.Core;

/** The Lambda function: reads payload 2.0 (or 1.0, of a private API), and writes the answer that both accept. */
public final class IssuerLambda implements RequestStreamHandler {
    private static final int MAX_EVENT = 512 * 1024;
    /** Left to finish the last credential of a sweep: its service has ten seconds, the ledger two. */
    private static final Duration LAST_CREDENTIAL = Duration.ofSeconds(12);
    /** Of the template's function, where Lambda does not say what is left. */
    private static final Duration USUAL = Duration.ofSeconds(3);

    private final LambdaWiring wiring;
    private final LazyIssuer issuer;
    private final Health health;
    private final RequestRefusals refusals;
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

    IssuerLambda(LambdaWiring wiring) {
        this.wiring = wiring;
        this.issuer = new LazyIssuer(wiring);
        this.health = new Health(issuer);
        this.refusals = new RequestRefusals(wiring.issuerUrl(), wiring.meters().watching(wiring.audit()));
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
            issuer.load(SnapshotHooks.LOADING, this::warmUp);
        } else {
            reach();
            rehearse();
        }
    }

    private void reach() {
        try {
            wiring.reach().run();
        } catch (RuntimeException refused) {
            // as it should be; and a table that is out of reach now may be there after the restore
        }
    }

    private void warmUp() {
        try {
            WarmUp.play(IssuerLambda::toWarmUp);
        } catch (RuntimeException broken) {
            wiring.operatorLog().accept("taskbound: the warm-up failed, the first request will be slower: " + broken);
        }
    }

    private void rehearse() {
        if (wiring.rehearsal().atMost().isZero()) {
            return;
        }
        try {
            var report = Rehearsal.play(wiring.rehearsal(), wiring.clock(), IssuerLambda::toWarmUp);
            wiring.operatorLog().accept("taskbound: " + report);
        } catch (RuntimeException | LinkageError broken) {
            wiring.operatorLog().accept("taskbound: the rehearsal failed, requests will be slower at first: " + broken);
        }
    }

    /** A function as the warm-up plays it. */
    static WarmUp.Warmed toWarmUp(LambdaWiring wiring) {
        var function = new IssuerLambda(wiring);
        return new WarmUp.Warmed(function::handleRequest, function.hooks()::drop);
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        handleRequest(
                input,
                output,
                context.getAwsRequestId(),
                () -> Duration.ofMillis(context.getRemainingTimeInMillis()).minus(LAST_CREDENTIAL));
    }

    void handleRequest(InputStream input, OutputStream output, String requestId) throws IOException {
        handleRequest(input, output, requestId, () -> USUAL);
    }

    private void handleRequest(InputStream input, OutputStream output, String requestId, Supplier<Duration> time)
            throws IOException {
        var bytes = input.readNBytes(MAX_EVENT + 1);
        var event = bytes.length > MAX_EVENT ? Optional.<JsonObject>empty() : LambdaEvent.parse(bytes);
        if (event.filter(EndCredentialsCommand::isMeantBy).isPresent()) {
            output.write(endCredentials(requestId, time));
            return;
        }
        if (event.filter(ReceiptCommand::isMeantBy).isPresent()) {
            output.write(commanded(event.get(), requestId).body());
            return;
        }
        var request = event.flatMap(LambdaEvent::read);
        output.write(LambdaEvent.write(
                request.map(this::answer).orElseGet(() -> notAnEvent(requestId)), event.orElse(JsonObject.EMPTY)));
    }

    private byte[] endCredentials(String requestId, Supplier<Duration> time) throws IOException {
        try {
            var edge = issuer.edge();
            var windows = edge.closeWindows(Optional.of(requestId), time.get().dividedBy(2));
            var report = edge.endCredentials(Optional.of(requestId), time.get());
            return JsonText.of(EndCredentialsCommand.answer(windows, report)).getBytes(StandardCharsets.UTF_8);
        } catch (NotReady notReady) {
            // So that the invocation counts as failed.
            throw new IOException(
                    "credentials cannot be ended now: " + notReady.missing().word());
        }
    }

    /** Who invokes the function directly is no HTTP client, and gets the bare JSON. */
    private HttpResponse commanded(JsonObject event, String requestId) {
        var command = ReceiptCommand.read(event);
        if (command.isEmpty()) {
            return RequestRefusals.notARequest(
                    "not a command of this version: ask with the taskbound of the stack's version", requestId);
        }
        try {
            return issuer.edge()
                    .receiptForAdministrator(
                            command.get().handle(), command.get().by(), Optional.of(requestId));
        } catch (NotReady notReady) {
            var asked = new HttpRequest("POST", "/receipt", Map.of(), new byte[0], Optional.of(requestId));
            return unavailable(asked, notReady);
        }
    }

    private HttpResponse unavailable(HttpRequest request, NotReady notReady) {
        return refusals.unavailable(
                request,
                notReady.missing().refusal(),
                Optional.of(notReady.missing().word()),
                wiring.clock().instant());
    }

    private HttpResponse answer(HttpRequest request) {
        return wiring.meters().request(() -> answerOrSayWhatIsMissing(request));
    }

    private HttpResponse answerOrSayWhatIsMissing(HttpRequest request) {
        if (Health.isAskedBy(request)) {
            return health.answer(request, wiring.clock().instant());
        }
        try {
            return edge(request).handle(request);
        } catch (NotReady notReady) {
            return unavailable(request, notReady);
        }
    }

    private IssuerEdge edge(HttpRequest request) throws NotReady {
        return IssuerEdge.isMint(request) ? issuer.edgeToMint(wiring.clock().instant()) : issuer.edge();
    }

    private static HttpResponse notAnEvent(String requestId) {
        return RequestRefusals.notARequest(
                "not an event of payload format 2.0 or 1.0, or larger than " + MAX_EVENT + " bytes", requestId);
    }
}
