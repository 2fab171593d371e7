// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo.theft;

import io.taskbound.client.IdToken;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.MintAnswer;
import io.taskbound.client.TaskDetail;
import io.taskbound.client.TaskRequest;
import io.taskbound.client.TaskToken;
import io.taskbound.client.dpop.ProofKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Runs inside the step, as a dependency of its command, and later once more outside of it. Knows where signer and
 * issuer are, and has a copy of the signer's log. Says the status of each try.
 */
final class Thief {
    private static final String SIGN = "/sign/app.jar";

    private final Sender sender = new Sender();
    private final String signer;
    private final IssuerUrl issuer;
    private final Path elsewhere;
    private final Path log;
    private final Loot loot;

    private Thief(String[] args) {
        this.signer = args[1];
        this.issuer = IssuerUrl.of(args[2]);
        this.elsewhere = Path.of(args[3]);
        this.log = elsewhere.resolve(TheftStage.LOG);
        this.loot = new Loot(elsewhere.resolve(TheftStage.LOOT));
    }

    /**
     * Plays one of his two parts.
     *
     * @param args {@code inside} or {@code outside}, the addresses of signer and issuer, the folder with the signer's
     *     log and his loot
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        var thief = new Thief(args);
        if (args[0].equals("inside")) {
            thief.copy();
            thief.tryTheIdToken();
            thief.tryTheAddress();
            thief.tryWhatTheSignerSaw();
            say("use", thief.sender.send("POST", thief.loot.address().orElseThrow() + SIGN, Map.of()));
        } else {
            thief.tryLater();
        }
    }

    private void copy() throws IOException {
        var surroundings = new Surroundings(loot, elsewhere);
        say("variables", surroundings.variables(System.getenv()));
        say("lines", surroundings.commandLines());
        say("files", surroundings.files(System.getenv("HOME")));
        if (Surroundings.haveProc()) {
            System.out.println("proc=" + String.join("; ", surroundings.proc()));
            say("memory", surroundings.commandMemory() ? 1 : 0);
            say("run", surroundings.mayReadRun() ? 1 : 0);
        } else {
            System.out.println("proc=none");
        }
    }

    /** With a key of his own. */
    private void tryTheIdToken() throws IOException {
        var jwts = loot.jwts();
        say("jwts", jwts.size());
        if (jwts.isEmpty()) {
            return;
        }
        var request = TaskRequest.of(TaskDetail.of("sign-release", "sign", "artifact:acme/shop/app.jar"))
                .withProofKey(ProofKey.create());
        var answer = IssuerClient.builder(issuer).build().mint(IdToken.of(jwts.get(0)), request);
        say("mint", answer instanceof MintAnswer.Refused ? 0 : 1);
    }

    private void tryTheAddress() throws IOException, InterruptedException {
        var address = loot.address().orElseThrow();
        say("path", sender.send("POST", address + "/keys", Map.of()));
        say("artifact", sender.send("POST", address + "/sign/evil.jar", Map.of()));
    }

    private void tryWhatTheSignerSaw() throws IOException, InterruptedException {
        var stolen = Stolen.from(log);
        say("alone", sender.send("POST", signer + SIGN, stolen.alone()));
        say("replay", sender.send("POST", signer + SIGN, stolen.with(stolen.proof())));
        say("method", sender.send("DELETE", signer + SIGN, stolen.with(stolen.proof())));
        say("url", sender.send("POST", signer + "/sign/evil.jar", stolen.with(stolen.proof())));
        say("key", sender.send("POST", signer + SIGN, stolen.with(ownProof(stolen.token()))));
    }

    private void tryLater() throws IOException, InterruptedException {
        var stolen = Stolen.from(log);
        say("address", sender.send("POST", loot.address().orElseThrow() + SIGN, Map.of()));
        say("alone", sender.send("POST", signer + SIGN, stolen.alone()));
        say("replay", sender.send("POST", signer + SIGN, stolen.with(stolen.proof())));
        say("key", sender.send("POST", signer + SIGN, stolen.with(ownProof(stolen.token()))));
    }

    private String ownProof(TaskToken token) {
        return ProofKey.create().proof("POST", URI.create(signer + SIGN), Optional.empty(), token);
    }

    /**
     * The token and the proof of the first request in the signer's log.
     *
     * @param proof a JWT, which was used for that request
     */
    private record Stolen(TaskToken token, String proof) {
        static Stolen from(Path log) throws IOException {
            var lines = Files.readAllLines(log);
            var authorization = lines.get(1);
            return new Stolen(TaskToken.of(authorization.substring(authorization.indexOf(' ') + 1)), lines.get(2));
        }

        Map<String, String> alone() {
            return Map.of("Authorization", "Bearer " + token.reveal());
        }

        Map<String, String> with(String jwt) {
            return Map.of("Authorization", "DPoP " + token.reveal(), "DPoP", jwt);
        }

        @Override
        public String toString() {
            return "Stolen[secret]";
        }
    }

    private static void say(String name, int value) {
        System.out.println(name + "=" + value);
    }
}
