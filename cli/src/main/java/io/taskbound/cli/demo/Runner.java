// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo;

import io.taskbound.client.HeldToken;
import io.taskbound.client.HttpTransport;
import io.taskbound.client.IdToken;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.MintAnswer;
import io.taskbound.client.TaskDetail;
import io.taskbound.client.TaskRequest;
import io.taskbound.client.Transport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The runner process of the story: reads orders from stdin, asks for a token, holds it with a heartbeat and says on
 * stdout what it got. It ends when stdin does, so that it never outlives the story.
 */
final class Runner {
    /** Asks whether a token would be granted: consumes nothing, and leaves the process warm. */
    static final String TRY = "try";
    /** Asks for a token and holds it. */
    static final String ASK = "ask";

    static final String LOST = "lost";

    private final IssuerClient client;
    private final BufferedReader in;
    private Optional<HeldToken> held = Optional.empty();

    private Runner(IssuerClient client, BufferedReader in) {
        this.client = client;
        this.in = in;
    }

    public static void main(String[] args) throws IOException {
        Transport real = HttpTransport.create();
        boolean http = List.of(args).contains("--http");
        var client = IssuerClient.builder(IssuerUrl.of(args[0]))
                .transport(http ? new CurlTransport(real, System.out::println) : real)
                .build();
        new Runner(client, new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))).run();
    }

    private void run() throws IOException {
        for (var order = in.readLine(); order != null; order = in.readLine()) {
            var idToken = IdToken.of(in.readLine());
            var request = request();
            if (order.equals(TRY)) {
                client.dryRun(idToken, request);
            } else {
                hold(client.mint(idToken, request));
            }
        }
        held.ifPresent(HeldToken::close);
    }

    private TaskRequest request() throws IOException {
        var txn = UUID.fromString(in.readLine());
        return TaskRequest.of(TaskDetail.of(in.readLine(), in.readLine(), in.readLine()))
                .withTxn(txn);
    }

    private void hold(MintAnswer answer) {
        if (!(answer instanceof MintAnswer.Granted granted)) {
            System.out.println("refused");
            return;
        }
        held.ifPresent(HeldToken::close);
        held = Optional.of(client.hold(granted.token(), refusal -> System.out.println(LOST)));
        // The pipe to the story is the thief's way to the token.
        System.out.println("handle " + granted.token().handle());
        System.out.println("token " + granted.token().token().reveal());
    }
}
