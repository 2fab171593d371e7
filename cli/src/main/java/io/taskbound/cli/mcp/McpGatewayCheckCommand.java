// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp;

import io.taskbound.cli.mcp.map.GatewayMap;
import io.taskbound.cli.mcp.map.MapFile;
import io.taskbound.cli.mcp.map.MappedCall;
import io.taskbound.cli.policy.FaultLines;
import io.taskbound.cli.report.Annotations;
import io.taskbound.cli.report.ReportFormat;
import io.taskbound.cli.report.SourceRoot;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.json.JsonObject;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mcp-gateway check}: every fault of a map at once, and what it makes of a call. */
@Command(
        name = "check",
        header = "Check the map of an MCP gateway, and try what it makes of calls.",
        description = {
            "",
            "Each fault comes with file, line and column, what to write instead, and a code that stays the same. Nothing"
                    + " is connected. Exit code 0 if the map can be used and every call of --try is in it, else 1."
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  taskbound mcp-gateway check tickets.yaml",
            "  taskbound mcp-gateway check tickets.yaml --try 'read_ticket {\"id\": \"T-7\"}'"
        })
public final class McpGatewayCheckCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "FILE", description = "The map, in YAML.")
    private Path file = Path.of("");

    @Option(
            names = "--try",
            paramLabel = "CALL",
            description = "A tool and its arguments as one JSON object; says which action on which target it is. May"
                    + " be given again.")
    private List<String> calls = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "F",
            description = "text (default), or github for annotations of a pull request.")
    private Optional<String> format = Optional.empty();

    public McpGatewayCheckCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Complaint {
        var form = ReportFormat.named(format, false, ReportFormat.TEXT, ReportFormat.GITHUB);
        var read = MapFiles.read(file);
        if (read instanceof MapFile.Faulty faulty) {
            var found = faulty.faults();
            context.say(
                    form == ReportFormat.GITHUB
                            ? new Annotations(SourceRoot.of(context)).of(found)
                            : FaultLines.of(found));
            context.say(context.red("FAULTY") + "  " + found.size() + (found.size() == 1 ? " error" : " errors"));
            return Complaint.REFUSED;
        }
        var map = ((MapFile.Good) read).map();
        context.say(context.green("OK") + "  " + map.tools().size()
                + (map.tools().size() == 1 ? " tool" : " tools") + " behind " + map.url());
        int code = 0;
        for (var call : calls) {
            code = tried(map, call) ? code : Complaint.REFUSED;
        }
        return code;
    }

    private boolean tried(GatewayMap map, String call) throws Complaint {
        int end = call.indexOf(' ') < 0 ? call.length() : call.indexOf(' ');
        var tool = call.substring(0, end);
        var arguments = arguments(call.substring(end).strip());
        var rule = map.tools().get(tool);
        var mapped = rule == null ? new MappedCall.Outside("The tool is not in the map.") : rule.map(arguments);
        context.say(Printable.of(tool) + "  " + said(mapped));
        return mapped instanceof MappedCall.Target;
    }

    private String said(MappedCall mapped) {
        return mapped instanceof MappedCall.Target target
                ? "action " + target.action() + ", identifier " + target.identifier()
                : context.red("REFUSED") + "  " + ((MappedCall.Outside) mapped).why();
    }

    private static JsonObject arguments(String text) throws Complaint {
        try {
            return text.isEmpty() ? JsonObject.EMPTY : StrictJson.parseObject(text.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJson notAnObject) {
            throw Complaint.usage(
                    "The arguments of --try are not a JSON object: " + notAnObject.getMessage() + ".",
                    "Write it like --try 'read_ticket {\"id\": \"T-7\"}'.");
        }
    }
}
