// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo.agent;

import io.taskbound.cli.demo.Observed;
import io.taskbound.cli.demo.StoryBroken;
import io.taskbound.cli.demo.Transcript;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.client.GrantedToken;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.KeysAnswer;
import io.taskbound.client.MintAnswer;
import io.taskbound.client.ReceiptAnswer;
import io.taskbound.client.TaskDetail;
import io.taskbound.client.TaskRequest;
import io.taskbound.client.receipt.ReceiptVerification;
import io.taskbound.client.receipt.ReceiptVerifier;
import io.taskbound.client.receipt.VerifiedReceipt;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A support agent is to answer one ticket. The ticket tells it to do more, and it obeys, as a model may. What its token
 * does not permit, the company's server never sees. Each line is printed from what was answered and what the server
 * saw.
 */
public final class AgentStory {
    private static final Observed DONE = Observed.did("DONE");

    private final CommandContext context;

    public AgentStory(CommandContext context) {
        this.context = context;
    }

    /** Plays it all; the exit code. */
    public int play() throws Complaint, StoryBroken {
        context.say(
                "An agent, `taskbound mcp-gateway` and an MCP server, over real HTTP. Nothing leaves this machine.");
        context.say("policy  support agents may: read one ticket and update one record, once each, within 10 min");
        context.say("");
        try (var stage = AgentStage.set(context)) {
            var transcript = new Transcript(context);
            var granted = asked(stage, "7001", transcript);
            obeys(stage, granted, transcript);
            stopped(stage, transcript);
            context.say("");
            told(stage.client(), granted, transcript);
            return transcript.end();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StoryBroken("it was interrupted");
        }
    }

    private static GrantedToken asked(AgentStage stage, String run, Transcript transcript) throws StoryBroken {
        transcript.tell("agent", "asks for its task: read ticket T-7, update record R-3");
        var request = TaskRequest.of(
                        TaskDetail.of("answer-ticket", "read", "ticket:T-7"),
                        TaskDetail.of("answer-ticket", "update", "record:R-3"))
                .withTxn(UUID.randomUUID());
        if (stage.client().mint(stage.idToken(run), request) instanceof MintAnswer.Granted granted) {
            transcript.answer(Observed.granted(), Observed.granted(), "one token for these two, one use each");
            return granted.token();
        }
        throw new StoryBroken("the agent got no token");
    }

    private static void obeys(AgentStage stage, GrantedToken granted, Transcript transcript)
            throws StoryBroken, InterruptedException {
        var agent = new Agent(stage.gateway(), granted.token());
        var tools = agent.tools();
        transcript.act(
                "agent",
                "lists the tools",
                Observed.did("SEES 2"),
                Observed.did("SEES " + tools.size()),
                String.join(", ", tools) + "; the server has " + TicketDesk.TOOLS);
        did(stage, transcript, "reads ticket T-7", agent.call("read_ticket", "T-7", ""));
        transcript.note("       the ticket says: " + TicketDesk.TICKET);
        refused(stage, transcript, "obeys: reads ticket T-8", "not_permitted", agent.call("read_ticket", "T-8", ""));
        refused(
                stage,
                transcript,
                "obeys: closes record R-9",
                "not_permitted",
                agent.call("update_record", "R-9", "closed"));
        refused(stage, transcript, "obeys: calls drop_all", "unknown_tool", agent.call("drop_all", "", ""));
        did(stage, transcript, "closes record R-3", agent.call("update_record", "R-3", "closed"));
        refused(stage, transcript, "a third call: reads T-7 again", "spent", agent.call("read_ticket", "T-7", ""));
    }

    private static void did(AgentStage stage, Transcript transcript, String what, Agent.Heard heard) {
        transcript.act("agent", what, DONE, observed(stage, heard), "");
    }

    private static void refused(
            AgentStage stage, Transcript transcript, String what, String reason, Agent.Heard heard) {
        var observed = observed(stage, heard);
        transcript.act(
                "agent",
                what,
                Observed.refused(reason),
                observed,
                observed.equals(Observed.refused("unknown_tool")) ? "not in the map" : "");
    }

    private static Observed observed(AgentStage stage, Agent.Heard heard) {
        return heard.refused() ? Observed.refused(stage.lastReason()) : DONE;
    }

    /** Another run of the agent ends before it did anything, and somebody kept its token. */
    private static void stopped(AgentStage stage, Transcript transcript) throws StoryBroken, InterruptedException {
        var granted = asked(stage, "7002", transcript);
        stage.client().close(granted.token());
        transcript.tell("step", "ends, and closes the token; somebody has kept a copy");
        var late = new Agent(stage.gateway(), granted.token());
        var heard = late.call("read_ticket", "T-7", "");
        transcript.act(
                "thief", "after the end: reads ticket T-7", Observed.refused("closed"), observed(stage, heard), "");
        var seen = stage.desk().calls();
        transcript.act(
                "server",
                "looks at what it saw",
                Observed.did("2 CALLS"),
                Observed.did(stage.desk().sawAnotherCredential() ? "A TOKEN" : seen.size() + " CALLS"),
                String.join(", ", seen) + "; with the gateway's credential");
    }

    /** Verified with the issuer's published keys, as anybody could. */
    private static void told(IssuerClient client, GrantedToken granted, Transcript transcript) throws StoryBroken {
        if (client.receipt(granted.token(), granted.holder()) instanceof ReceiptAnswer.Received received
                && client.publishedKeys() instanceof KeysAnswer.Published keys
                && ReceiptVerifier.with(keys.jwks()).verify(received.envelope())
                        instanceof ReceiptVerification.Accepted accepted) {
            var receipt = accepted.receipt();
            transcript.act(
                    "receipt",
                    "signed, of the first token",
                    Observed.did("2 USES"),
                    Observed.did(receipt.useCount() + " USES"),
                    inWords(receipt));
            return;
        }
        throw new StoryBroken("the receipt is not there, or does not verify");
    }

    private static String inWords(VerifiedReceipt receipt) {
        var uses = receipt.uses().stream()
                .map(use -> use.action() + " " + use.identifier())
                .collect(Collectors.joining(", "));
        return uses + "; " + receipt.end().map(end -> "ended: " + end.cause()).orElse("still " + receipt.state());
    }
}
