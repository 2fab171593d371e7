// SPDX-License-Identifier: Apache-2.0
package io.taskbound.spring;

import io.taskbound.client.ActiveToken;
import io.taskbound.client.Use;
import io.taskbound.client.resource.Enforcer;
import io.taskbound.client.resource.Presented;
import io.taskbound.client.resource.Verdict;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Collections;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Uses the task token of the current request. For what an annotation cannot say: an identifier that the service
 * computes. Build it from the bytes that you received, never from what the request claims of them.
 */
public final class TaskTokens {
    private static final Logger LOG = LoggerFactory.getLogger(TaskTokens.class);
    private static final String ALLOWED = TaskTokens.class.getName() + ".allowed";
    private static final URI NO_URL = URI.create("urn:taskbound:unknown");

    private final Enforcer enforcer;
    private final Optional<URI> publicUrl;
    private final EnforcementListener listener;

    /** @param publicUrl scheme and authority under which clients know the service */
    TaskTokens(Enforcer enforcer, Optional<URI> publicUrl, EnforcementListener listener) {
        this.enforcer = enforcer;
        this.publicUrl = publicUrl;
        this.listener = listener;
    }

    /**
     * Uses the token once for this, or throws. Each call is a use of its own; a token that is bound to a key has one
     * proof a request, and so one use.
     *
     * @return the token, alive as the issuer has just said
     * @throws TaskRefusedException when the token does not permit it, the identifier can be none, or the issuer cannot
     *     be asked
     * @throws IllegalStateException outside the thread of a request
     */
    public ActiveToken require(String action, String identifier) {
        if (!IdentifierTemplate.isIdentifier(identifier)) {
            throw new TaskRefusedException(
                    400, "no_identifier", "The name of what the task is to be done with is not valid.");
        }
        return require(currentRequest(), action, identifier);
    }

    /** The token that this request was last let in with; empty where nothing has demanded one. */
    public Optional<ActiveToken> current() {
        return Optional.ofNullable(currentRequest().getAttribute(ALLOWED)).map(ActiveToken.class::cast);
    }

    static HttpServletRequest currentRequest() {
        return currentAttributes().getRequest();
    }

    /** For the next proof of whoever holds the key (RFC 9449 section 8.2). */
    private static void answerNonce(String nonce) {
        var response = currentAttributes().getResponse();
        if (response != null) {
            response.setHeader("DPoP-Nonce", nonce);
        }
    }

    private static ServletRequestAttributes currentAttributes() {
        if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes) {
            return attributes;
        }
        throw new IllegalStateException("a task token is used in the thread that handles its request");
    }

    /** Refuses what has no token at all, before anything of it is read or asked. */
    void requirePresented(HttpServletRequest request) {
        if (!(presented(request) instanceof Presented.Token)) {
            require(request, "none", "none");
        }
    }

    ActiveToken require(HttpServletRequest request, String action, String identifier) {
        long began = System.nanoTime();
        var verdict =
                enforcer.enforce(presented(request), Use.once(action, identifier), request.getMethod(), url(request));
        if (verdict instanceof Verdict.Allowed allowed) {
            listener.decided("allowed", 200, System.nanoTime() - began);
            request.setAttribute(ALLOWED, allowed.token());
            allowed.token().nonce().ifPresent(TaskTokens::answerNonce);
            return allowed.token();
        }
        var refused = (Verdict.Refused) verdict;
        listener.decided(refused.reason(), refused.status(), System.nanoTime() - began);
        refused.operator().ifPresent(what -> LOG.error("Taskbound: {} ({})", what, refused.reason()));
        throw new TaskRefusedException(refused);
    }

    private static Presented presented(HttpServletRequest request) {
        return Presented.read(
                Collections.list(request.getHeaders("Authorization")), Collections.list(request.getHeaders("DPoP")));
    }

    /** Never put together from the header Host, which the caller writes. */
    private URI url(HttpServletRequest request) {
        try {
            return publicUrl
                    .map(base -> URI.create(base + request.getRequestURI()))
                    .orElse(NO_URL);
        } catch (IllegalArgumentException noUrl) {
            throw new TaskRefusedException(400, "odd_path", "The path cannot be read.");
        }
    }
}
