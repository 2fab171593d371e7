// SPDX-License-Identifier: Apache-2.0
import io.taskbound.client.IssuerClient;
import io.taskbound.client.ServerCredentials;
import io.taskbound.client.Use;
import io.taskbound.client.resource.Enforcer;
import io.taskbound.client.resource.Presented;
import io.taskbound.client.resource.Verdict;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Asks the issuer about a task token, and says which HTTP status to answer. Needs Taskbound's client. */
public class ResourceServer {
    /** Of the request, as callers know it: what a proof must name. */
    private static final URI URL = URI.create("https://signer.acme.example/signatures");

    private final IssuerClient issuer;
    private final ServerCredentials server;

    ResourceServer(IssuerClient issuer, ServerCredentials server) {
        this.issuer = issuer;
        this.server = server;
    }

    /** @param job our own id of this work, stored before we ask; never an id that the caller sent */
    Verdict redeem(Presented presented, byte[] received, String job) throws NoSuchAlgorithmException {
        var digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(received));
        var use = new Use("sign", "artifact:acme/shop/app.jar@sha256:" + digest, job);
        return Enforcer.of(issuer, server).enforce(presented, use, "POST", URL);
    }

    /** After an introspection we must check the permission ourselves; after a redemption it has been checked. */
    int introspect(Presented.Token presented, String action, String identifier) {
        return issuer.introspect(server, presented.token())
                .match(
                        active -> active.token().keyThumbprint().isPresent()
                                ? 401 // nobody has checked a proof of that key; redeem checks it
                                : active.token().permits(action, identifier) ? 200 : 403,
                        inactive -> 401,
                        refused -> 503,
                        unavailable -> 503);
    }

    public static void main(String[] args) throws IOException, NoSuchAlgorithmException {
        var environment = System.getenv();
        var secret = Files.readString(Path.of(environment.get("TASKBOUND_SECRET_FILE")));
        var asking = new ResourceServer(
                IssuerClient.at(environment.get("TASKBOUND_ISSUER")),
                ServerCredentials.of(environment.get("TASKBOUND_SERVER"), secret)); // its name in the policy
        // In a service: the values of the request's headers Authorization and DPoP, all of them.
        var token = new String(System.in.readAllBytes()).strip();
        var presented = Presented.read(List.of("Bearer " + token), List.of());
        if (args[0].equals("redeem")) {
            var verdict = asking.redeem(presented, Files.readAllBytes(Path.of(args[1])), args[2]);
            System.out.println(verdict instanceof Verdict.Refused refused ? refused.status() : 200);
        } else if (presented instanceof Presented.Token one) {
            System.out.println(asking.introspect(one, args[1], args[2]));
        }
    }
}
