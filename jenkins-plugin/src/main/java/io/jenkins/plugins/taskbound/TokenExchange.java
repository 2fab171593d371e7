// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.taskbound.client.GrantedToken;
import io.taskbound.client.IdToken;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.MintAnswer;
import io.taskbound.client.PendingApproval;
import io.taskbound.client.TaskRequest;
import io.taskbound.client.step.RefusalText;
import io.taskbound.client.step.StepText;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * One request with an ID token of the build, which is made for it alone. Whatever else comes of it than a token, or a
 * wait for people, is one sentence that fails the step.
 */
final class TokenExchange {
    private static final String LOST_ANSWER = "taskbound: an answer was lost, so a token may exist that nobody holds;"
            + " it expires when its lease lapses";

    private final TokenRequest wanted;
    private final TaskListener log;
    private final IssuerClient client;
    private final TaskRequest request;
    private final IdToken idToken;

    private TokenExchange(
            TokenRequest wanted, TaskListener log, IssuerClient client, TaskRequest request, IdToken idToken) {
        this.wanted = wanted;
        this.log = log;
        this.client = client;
        this.request = request;
        this.idToken = idToken;
    }

    /** What is asked for: a new task instance. */
    static TaskRequest request(TokenRequest wanted) throws AbortException {
        try {
            return wanted.request();
        } catch (IllegalArgumentException e) {
            throw StepArguments.wrong(e.getMessage());
        }
    }

    /** Creates the ID token; sends nothing yet. */
    static TokenExchange of(TokenRequest wanted, TaskRequest request, Run<?, ?> run, TaskListener log)
            throws AbortException {
        try {
            Refusals.requireAllowed(wanted.issuer());
            BuildIdentity identity = BuildIdentity.of(
                    run, wanted.credentialsId(), wanted.issuer().toString());
            IssuerClient client = IssuerClients.at(wanted.issuer(), identity.audience());
            return new TokenExchange(wanted, log, client, request, identity.forTask(request.txn()));
        } catch (IllegalArgumentException e) {
            throw new AbortException("withTaskToken: " + e.getMessage());
        }
    }

    /**
     * Sends the request.
     *
     * @param aborted whether the build waits no longer
     */
    MintAnswer send(boolean dryRun, BooleanSupplier aborted) {
        MintAnswer answer = dryRun ? client.dryRun(idToken, request) : mint(aborted);
        if (!dryRun && answer.mayHaveLeftAToken()) {
            log.getLogger().println(LOST_ANSWER);
        }
        return answer;
    }

    /**
     * The end of the asking.
     *
     * @param asked what people were asked to approve, if they were
     * @return empty where the issuer would grant it in a dry run
     */
    Optional<GrantedToken> end(MintAnswer answer, boolean dryRun, Optional<PendingApproval> asked)
            throws AbortException {
        Optional<String> failure = answer.match(
                granted -> dryRun ? Optional.of(Refusals.afterGrantedDryRun(client, granted)) : Optional.empty(),
                wouldGrant -> Optional.empty(),
                pending -> Optional.of(Refusals.needsApproval(wanted.task(), pending.approval())),
                refused -> Optional.of(refusal(refused, asked)),
                unavailable -> Optional.of(StepText.unavailable(client.issuer(), unavailable.outage(), false)));
        if (failure.isPresent()) {
            throw new AbortException(failure.get());
        }
        return answer.match(
                granted -> Optional.of(granted.token()),
                this::wouldGrant,
                pending -> Optional.empty(),
                refused -> Optional.empty(),
                unavailable -> Optional.empty());
    }

    /**
     * An abort in mid-request may leave a token that nobody knows: the same request again names it, so that it can be
     * closed.
     */
    private MintAnswer mint(BooleanSupplier aborted) {
        MintAnswer answer = client.mint(idToken, request);
        if (!aborted.getAsBoolean() || answer instanceof MintAnswer.Granted) {
            return answer;
        }
        Thread.interrupted();
        return client.mint(idToken, request);
    }

    private String refusal(MintAnswer.Refused refused, Optional<PendingApproval> asked) {
        if (asked.isPresent() && Refusals.isAVerdict(refused.refusal())) {
            return Refusals.afterAsking(
                    wanted.task(), refused.refusal(), asked.get().id());
        }
        log.getLogger().println(RefusalText.of(client.issuer(), request, idToken, refused));
        return Refusals.sentence(wanted.task(), refused.refusal());
    }

    private Optional<GrantedToken> wouldGrant(MintAnswer.WouldGrant answer) {
        log.getLogger().println(BlockText.wouldGrant(answer.needsApproval()));
        return Optional.empty();
    }
}
