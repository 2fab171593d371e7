// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.verify;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.JsonLine;
import io.taskbound.cli.terminal.JwtText;
import io.taskbound.cli.terminal.Loopback;
import io.taskbound.cli.terminal.SecretInput;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.KeysAnswer;
import io.taskbound.client.ServerCredentials;
import io.taskbound.client.receipt.ReceiptVerifier;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code verify}: what a task token or a receipt says, and whether it holds. */
@Command(
        name = "verify",
        header = "Show what a task token or a receipt says, and whether it holds.",
        description = {
            "",
            "Of a receipt, it checks the signature and tells in words who asked for the token, what it permitted, how"
                    + " it was used and how it ended; offline with --keys. Of a token, it shows the claims; checks signature and times with the issuer's published keys if the token"
                    + " comes from the issuer that you name; with a resource server's credentials, asks the issuer"
                    + " whether it is alive. Keys are never fetched from a place that the token names."
        },
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%nParameters:%n",
        footer = {
            "",
            "Examples:",
            "  taskbound verify @receipt.json --keys jwks.json",
            "  taskbound verify @token.txt --issuer https://tokens.acme.example --client-id signer --secret-file"
                    + " signer.secret",
            "",
            "Exit code 0 if nothing speaks against the token or the receipt, 1 otherwise. Whether a token with limited uses is"
                    + " alive, only a redeem by its server can tell, which uses it: that is said and is no fault."
        })
public final class VerifyCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(
            paramLabel = "@FILE|-",
            arity = "0..1",
            description = "A file with the token or the receipt, written @FILE or FILE, or - for stdin (default). The"
                    + " token itself is accepted, but then every process on this machine can read it.")
    private String source = "-";

    @Option(
            names = "--issuer",
            paramLabel = "URL",
            description = "The issuer that you trust (default: TASKBOUND_ISSUER).")
    private Optional<String> issuer = Optional.empty();

    @Option(names = "--client-id", paramLabel = "NAME", description = "A resource server's name in the policy.")
    private Optional<String> clientId = Optional.empty();

    @Option(names = "--secret-file", paramLabel = "FILE", description = "The file that holds its secret.")
    private Optional<Path> secretFile = Optional.empty();

    @Option(
            names = "--keys",
            paramLabel = "FILE",
            description = "For a receipt: the issuer's JWK Set, saved from /.well-known/jwks.json; nothing is fetched.")
    private Optional<Path> keys = Optional.empty();

    @Option(
            names = "--pem",
            paramLabel = "FILE",
            description =
                    "For a receipt that holds: write the public key that signed it to this file, for other" + " tools.")
    private Optional<Path> pem = Optional.empty();

    @Option(names = "--json", description = "Print one JSON object, for programs.")
    private boolean json;

    public VerifyCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Complaint {
        var text = Presented.text(source, context);
        if (Presented.isReceipt(text)) {
            requireNoServer();
            return new ReceiptCheck(context, receiptVerifier(), json).run(text, pem);
        }
        if (keys.isPresent() || pem.isPresent()) {
            throw Complaint.usage("--keys and --pem are for a receipt, and this is none.", "Name a receipt's file.");
        }
        var said = JwtText.read(text)
                .orElseThrow(() -> Complaint.refused(
                        "Not a task token: it does not have the form of a signed JWT.",
                        "Give the access_token of a mint answer, and nothing else."));
        var findings = new ArrayList<Finding>();
        findings.add(Expiry.of(said, context.clock().instant()));
        findings.addAll(fromIssuer(text, said));
        boolean holds = findings.stream().allMatch(Finding::holds);
        if (json) {
            context.say(JsonLine.of(JsonObject.builder()
                    .put("holds", holds)
                    .put(
                            "checks",
                            new JsonArray(findings.stream()
                                    .<JsonValue>map(Finding::json)
                                    .toList()))
                    .put("claims", said.claims())
                    .build()));
        } else {
            ClaimLines.of(said).forEach(context::say);
            context.say("");
            findings.forEach(finding -> context.say(finding.shown(context)));
        }
        return holds ? 0 : Complaint.REFUSED;
    }

    private void requireNoServer() throws Complaint {
        if (clientId.isPresent() || secretFile.isPresent()) {
            throw Complaint.usage(
                    "--client-id and --secret-file are for a token, and this is a receipt.", "Leave them out.");
        }
    }

    private ReceiptVerifier receiptVerifier() throws Complaint {
        var named = issuer.or(() -> context.variable("TASKBOUND_ISSUER"));
        if (keys.isEmpty() && named.isEmpty()) {
            throw Complaint.usage(
                    "No keys to verify the receipt with.",
                    "Name a saved key set with --keys FILE, or the issuer that you trust with --issuer URL.");
        }
        var trusted = named.isPresent()
                ? Optional.of(IssuerUrl.of(Loopback.issuerUrl(named.get())))
                : Optional.<IssuerUrl>empty();
        var jwks = keys.isPresent() ? Presented.file(keys.get()) : published(trusted.orElseThrow());
        try {
            var verifier = ReceiptVerifier.with(jwks);
            return trusted.map(verifier::ofIssuer).orElse(verifier);
        } catch (IllegalArgumentException noKeys) {
            throw Complaint.usage(
                    "The key set holds no key that signs receipts.",
                    "Save the issuer's /.well-known/jwks.json, and name that file with --keys.");
        }
    }

    private String published(IssuerUrl trusted) throws Complaint {
        var answer = new IssuerAnswers(trusted.toString(), context.clock()).keys();
        if (answer instanceof KeysAnswer.Published published) {
            return published.jwks();
        }
        var outage = ((KeysAnswer.Unavailable) answer).outage();
        throw Complaint.refused(
                "The keys of " + trusted + " cannot be fetched: " + outage.sentence() + ".",
                "Try again later, or use a saved key set: --keys FILE.");
    }

    /** Asks nobody but the issuer that the user named: a token may point anywhere. */
    private List<Finding> fromIssuer(String text, JwtText said) throws Complaint {
        var credentials = credentials();
        var named = issuer.or(() -> context.variable("TASKBOUND_ISSUER"));
        if (named.isEmpty()) {
            if (credentials.isPresent()) {
                throw Complaint.usage("No issuer to ask.", "Name it with --issuer URL or in TASKBOUND_ISSUER.");
            }
            return List.of(Finding.open("signature", "not checked; name the issuer that you trust with --issuer URL"));
        }
        var trusted = Loopback.issuerUrl(named.get());
        if (!said.claims().string("iss").map(VerifyCommand::withoutSlash).equals(Optional.of(trusted))) {
            return List.of(Finding.against("issuer", "not " + trusted + "; no keys fetched"));
        }
        var issuerAnswers = new IssuerAnswers(trusted, context.clock());
        var findings = new ArrayList<Finding>();
        findings.add(issuerAnswers.signature(text, said));
        findings.add(credentials
                .map(known -> issuerAnswers.alive(text, said, known))
                .orElse(Finding.open(
                        "alive", "not asked; a resource server can, with --client-id NAME --secret-file FILE")));
        return findings;
    }

    private Optional<ServerCredentials> credentials() throws Complaint {
        if (clientId.isPresent() != secretFile.isPresent()) {
            throw Complaint.usage(
                    "A resource server's name and secret go together.", "Give --client-id and --secret-file.");
        }
        if (clientId.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ServerCredentials.of(clientId.get(), SecretInput.file(secretFile.orElseThrow())));
        } catch (IllegalArgumentException e) {
            throw Complaint.usage("Not a resource server's credentials: " + e.getMessage() + ".", "See --help.");
        }
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
