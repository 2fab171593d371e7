// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo;

import io.taskbound.client.GrantedToken;
import io.taskbound.client.HttpTransport;
import io.taskbound.client.IdToken;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.LeaseListener;
import io.taskbound.client.MintAnswer;
import io.taskbound.client.TaskDetail;
import io.taskbound.client.TaskRequest;
import io.taskbound.client.Transport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * The runner process of the story: reads an ID token and a task from stdin, asks for a token, holds it with a heartbeat
 * and says on stdout what it got. It ends when stdin does, so that it never outlives the story.
 */
final class Runner {
    private Runner() {}

    public static void main(String[] args) throws IOException {
        var http = List.of(args).contains("--http");
        Transport real = HttpTransport.create();
        var client = IssuerClient.builder(IssuerUrl.of(args[0]))
                .transport(http ? new CurlTransport(real, System.out::println) : real)
                .build();
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var idToken = in.readLine();
        if (idToken != null) {
            hold(client, client.mint(IdToken.of(idToken), request(in)), in);
        }
    }

    private static TaskRequest request(BufferedReader in) throws IOException {
        var txn = UUID.fromString(in.readLine());
        return TaskRequest.of(TaskDetail.of(in.readLine(), in.readLine(), in.readLine()))
                .withTxn(txn);
    }

    private static void hold(IssuerClient client, MintAnswer answer, BufferedReader in) throws IOException {
        if (!(answer instanceof MintAnswer.Granted granted)) {
            System.out.println("refused");
            return;
        }
        try (var held = client.hold(granted.token(), LeaseListener.ignoring())) {
            report(granted.token());
            while (in.readLine() != null) {
                // nothing more is expected; the end of the stream is
                continue;
            }
        }
    }

    /** The pipe to the story is the thief's way to the token. */
    private static void report(GrantedToken token) {
        System.out.println("handle " + token.handle());
        System.out.println("token " + token.token().reveal());
        System.out.flush();
    }
}
