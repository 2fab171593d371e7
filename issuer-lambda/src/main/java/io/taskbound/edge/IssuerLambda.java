// SPDX-License-Identifier: Apache-2.0
package io.taskbound.edge;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.taskbound.issuer.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Optional;

/** The Lambda function: payload 2.0 in, payload 2.0 out. */
public final class IssuerLambda implements RequestStreamHandler {
    private static final int MAX_EVENT = 512 * 1024;
    private final LambdaParts parts;

    /** What Lambda calls: settings and policy are checked here, so that a wrong one fails the deployment. */
    public IssuerLambda() {
        this(LambdaParts.of(Settings.read(System.getenv()), Clock.systemUTC()));
    }

    IssuerLambda(LambdaParts parts) {
        this.parts = parts;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        var event = input.readNBytes(MAX_EVENT + 1);
        var request = event.length > MAX_EVENT ? Optional.<HttpRequest>empty() : LambdaEvent.readOrEmpty(event);
        output.write(
                LambdaEvent.write(request.map(this::answer).orElseGet(() -> notAnEvent(context.getAwsRequestId()))));
    }

    private HttpResponse answer(HttpRequest request) {
        var edge = parts.edge();
        return edge.isPresent() ? edge.get().handle(request) : parts.signerOutage(request);
    }

    private static HttpResponse notAnEvent(String requestId) {
        var refusal = Refusal.malformed("not an event of payload format 2.0, or larger than " + MAX_EVENT + " octets");
        return new Answers("").refusal(refusal, requestId);
    }
}
