// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.tokens;

import io.taskbound.cli.cloud.TableOptions;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.DashedIds;
import io.taskbound.cli.terminal.JsonLine;
import io.taskbound.receipt.CredentialStory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tokens show}: everything that is known of one token. */
@Command(
        name = "show",
        preprocessor = DashedIds.class,
        header = "Show everything known about one token.",
        description = {
            "",
            "Who got it, in which run, under which policy and for what; each use; who closed it and why; the"
                    + " deny-list entries that apply to it. The token itself is not stored anywhere. Times are UTC."
        },
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  taskbound tokens show --stack taskbound HANDLE"})
public final class ShowCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private TableOptions table = new TableOptions();

    @Parameters(
            paramLabel = "HANDLE",
            description = "The token's handle: its jti, as shown in logs and by" + " `tokens list`.")
    private String handle = "";

    @Option(names = "--json", description = "Print one JSON object, for programs.")
    private boolean json;

    public ShowCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Complaint {
        var jti = Selector.handle(handle);
        try (var open = table.open(context)) {
            var there = new Administration(open);
            var now = context.clock().instant();
            var sight = TokenView.of(Selector.token(there, jti), DenyEntries.written(there.denyList(), context), now);
            var credential = there.ask(() -> there.listing().credential(jti));
            if (json) {
                context.say(
                        JsonLine.of(TokenJson.of(sight, credential.map(record -> new CredentialStory(record, now)))));
            } else {
                TokenLines.of(sight, credential, now).forEach(context::say);
            }
        }
        return 0;
    }
}
