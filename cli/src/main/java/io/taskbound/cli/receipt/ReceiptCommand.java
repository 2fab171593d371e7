// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.receipt;

import io.taskbound.cli.cloud.StackOutput;
import io.taskbound.cli.cloud.TableOptions;
import io.taskbound.cli.serve.LocalReceipts;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.DashedIds;
import io.taskbound.cli.terminal.FileTrouble;
import io.taskbound.cli.terminal.Loopback;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.token.Jti;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code receipt}: an administrator's way to the receipt of any token. */
@Command(
        name = "receipt",
        preprocessor = DashedIds.class,
        header = "Get the signed receipt of any token, as an administrator.",
        description = {
            "",
            "A receipt says who asked for a token, what it permitted, how it was used and how it ended, signed by the"
                    + " issuer; `taskbound verify` verifies it. In an AWS account the issuer's function makes it: you need"
                    + " a right to invoke it (lambda:InvokeFunction). Of `taskbound serve`, whoever owns the folder of"
                    + " --data can make it while `serve` is stopped, or at any time if its ledger is in a table."
        },
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%nParameters:%n",
        footer = {
            "",
            "Examples:",
            "  taskbound receipt --stack taskbound HANDLE > receipt.json",
            "  taskbound receipt --data DIR --issuer http://127.0.0.1:8787 HANDLE"
        })
public final class ReceiptCommand implements Callable<Integer> {
    private static final Pattern FUNCTION = Pattern.compile("[A-Za-z0-9:._-]{1,200}");

    private final CommandContext context;

    @Parameters(
            paramLabel = "HANDLE",
            description = "The token's handle: its jti, as shown in logs and by `tokens list`.")
    private String handle = "";

    @Option(
            names = "--function",
            paramLabel = "NAME",
            description = "The issuer's function, the stack's output FunctionName (default: TASKBOUND_FUNCTION).")
    private Optional<String> function = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder of `taskbound serve --data`: its signing key, and its ledger unless --table"
                    + " or --stack names one.")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--issuer",
            paramLabel = "URL",
            description =
                    "With --data: the issuer's URL, as `serve` names itself in tokens (default: TASKBOUND_ISSUER).")
    private Optional<String> issuer = Optional.empty();

    @Mixin
    private TableOptions table = new TableOptions();

    @Option(names = "--output", paramLabel = "FILE", description = "Write the receipt to this file (default: stdout).")
    private Optional<Path> output = Optional.empty();

    public ReceiptCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Complaint {
        var jti = Jti.parse(DashedIds.plain(handle))
                .orElseThrow(() -> Complaint.usage(
                        "Not a token's handle.",
                        "It is 22 characters, a dot and 32 more, as shown in logs and by `taskbound tokens"
                                + " list`; never the token itself."));
        write(data.isPresent() ? ofServe(jti, data.get()) : ofFunction(jti));
        return 0;
    }

    private JsonObject ofServe(Jti jti, Path folder) throws Complaint {
        if (function.isPresent()) {
            throw Complaint.usage(
                    "--function and --data name two issuers.", "Name the stack's function, or the folder of `serve`.");
        }
        var url = issuer.or(() -> context.variable("TASKBOUND_ISSUER"))
                .orElseThrow(() -> Complaint.usage(
                        "The receipt must name its issuer.",
                        "Name it as `serve` does, with --issuer URL or in TASKBOUND_ISSUER."));
        return LocalReceipts.of(folder, table, Loopback.issuerUrl(url), jti, context);
    }

    private JsonObject ofFunction(Jti jti) throws Complaint {
        var name = table.setting(StackOutput.FUNCTION, function, "TASKBOUND_FUNCTION", context)
                .orElseThrow(() -> Complaint.usage(
                        "No issuer to ask for the receipt.",
                        "Name the stack with --stack or in TASKBOUND_STACK, its function with --function or in"
                                + " TASKBOUND_FUNCTION, or the folder of `serve` with --data."));
        if (!FUNCTION.matcher(name).matches()) {
            throw Complaint.usage(
                    "--function is not the name of a function.", "The stack's output FunctionName shows it.");
        }
        if (table.isTableTyped()) {
            throw Complaint.usage(
                    "The function knows its table, so --table goes with --data only.", "Leave it out, or name --data.");
        }
        return new IssuerFunction(name, table.cloud(context)).receipt(jti);
    }

    private void write(JsonObject envelope) throws Complaint {
        var text = JsonText.of(envelope);
        if (output.isEmpty()) {
            context.say(text);
            return;
        }
        try {
            Files.writeString(output.get(), text + "\n");
        } catch (IOException e) {
            throw Complaint.refused(
                    "The receipt cannot be written to " + output.get() + ": " + FileTrouble.words(e) + ".",
                    "Name another file with --output.");
        }
    }
}
