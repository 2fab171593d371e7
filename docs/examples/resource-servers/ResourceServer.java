// SPDX-License-Identifier: Apache-2.0
import io.taskbound.client.IssuerClient;
import io.taskbound.client.ServerCredentials;
import io.taskbound.client.TaskToken;
import io.taskbound.client.Use;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Asks the issuer about a task token, and says which HTTP status to answer. Needs Taskbound's client. */
public class ResourceServer {
    private final IssuerClient issuer;
    private final ServerCredentials server;

    ResourceServer(IssuerClient issuer, ServerCredentials server) {
        this.issuer = issuer;
        this.server = server;
    }

    /**
     * The client tries again by itself, up to 20 s per try: it survives a cold start, and a use counts once.
     *
     * @param job our own id of this work, stored before we ask; never an id that the caller sent
     */
    int redeem(TaskToken token, String action, String identifier, String job) {
        return issuer.redeem(server, token, new Use(action, identifier, job))
                .match(
                        redeemed -> 200,
                        repeated -> 409,
                        dead -> dead.reason().filter("not_permitted"::equals).isPresent() ? 403 : 401,
                        refused -> 503,
                        unavailable -> 503);
    }

    /** After an introspection we must check the permission ourselves; after a redemption it has been checked. */
    int introspect(TaskToken token, String action, String identifier) {
        return issuer.introspect(server, token)
                .match(
                        active -> active.token().permits(action, identifier) ? 200 : 403,
                        inactive -> 401,
                        refused -> 503,
                        unavailable -> 503);
    }

    public static void main(String[] args) throws IOException, NoSuchAlgorithmException {
        var environment = System.getenv();
        var secret = Files.readString(Path.of(environment.get("TASKBOUND_SECRET_FILE")));
        var asking = new ResourceServer(
                IssuerClient.at(environment.get("TASKBOUND_ISSUER")),
                ServerCredentials.of(environment.get("TASKBOUND_SERVER"), secret));
        var token = TaskToken.of(new String(System.in.readAllBytes()));
        if (args[0].equals("redeem")) {
            var received = Files.readAllBytes(Path.of(args[1]));
            var digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(received));
            System.out.println(
                    asking.redeem(token, "sign", "artifact:acme/shop/app.jar@sha256:" + digest, args[2]));
        } else {
            System.out.println(asking.introspect(token, args[1], args[2]));
        }
    }
}
