// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo;

import io.taskbound.cli.demo.agent.AgentStory;
import io.taskbound.cli.demo.foreign.ForeignStory;
import io.taskbound.cli.demo.theft.TheftStory;
import io.taskbound.cli.parts.LocalParts;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}: the life of three tokens and everything that a thief tries with them, for real on this machine. */
@Command(
        name = "demo",
        header = "Play the story of a token on this machine: used once, stolen to no avail, dead when its step ends.",
        description = {
            "",
            "Signed ID tokens of a stand-in CI provider, the issuer over HTTP on 127.0.0.1, DynamoDB Local, and"
                    + " a runner"
                    + " process that is killed. Every line is checked against what the issuer answered; the"
                    + " exit code is 0 only if everything went as it must. Takes a few seconds."
        },
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  taskbound demo --http"})
public final class DemoCommand implements Callable<Integer> {
    private final CommandContext context;

    @Option(names = "--http", description = "Print each call to the issuer as curl; secrets appear as @files.")
    private boolean http;

    @Option(
            names = "--ci",
            paramLabel = "CI",
            defaultValue = "github",
            description = "Whose ID tokens: github (default) or jenkins, with two branches in the same second.")
    private String ci = "github";

    @Option(
            names = "--credentials",
            description = "Play another story: steps that get credentials of GitHub and AWS instead of ours, by a"
                    + " stand-in with a real git and by MinIO, if it is on the PATH.")
    private boolean credentials;

    @Option(
            names = "--agent",
            description = "Play another story: an agent that obeys whatever it reads calls an MCP server through"
                    + " `mcp-gateway`, with a token for one ticket and one record.")
    private boolean agent;

    @Option(
            names = "--theft",
            description =
                    "Play another story: a step under `run --inject` has a thief in it, who copies all that he can"
                            + " see and reads the service's log besides.")
    private boolean theft;

    public DemoCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Complaint {
        LocalParts.require("`demo`", context);
        var another = another();
        if (!another.isEmpty()) {
            return play(another);
        }
        var role = role();
        context.say("Real signed ID tokens, real HTTP on 127.0.0.1, DynamoDB Local. Nothing leaves this machine.");
        context.say("policy  " + role.policyInWords());
        context.say("");
        try (var stage = Stage.set(role, http, context)) {
            return new Story(stage, role, context).play();
        } catch (StoryBroken e) {
            throw Complaint.refused(
                    "The story cannot continue: " + e.what() + ".", "This should not happen; please report it.");
        }
    }

    /** The stories that are asked for instead of the first one. */
    private List<String> another() {
        var stories = new ArrayList<String>();
        if (credentials) {
            stories.add("--credentials");
        }
        if (agent) {
            stories.add("--agent");
        }
        if (theft) {
            stories.add("--theft");
        }
        return stories;
    }

    private int play(List<String> stories) throws Complaint {
        var story = stories.get(0);
        if (http || !ci.equals("github") || stories.size() > 1) {
            throw Complaint.usage(
                    story + " goes with no other option.", "Leave out --http, --ci and the other stories.");
        }
        try {
            return switch (story) {
                case "--credentials" -> new ForeignStory(context).play();
                case "--agent" -> new AgentStory(context).play();
                default -> new TheftStory(context).play();
            };
        } catch (StoryBroken e) {
            throw Complaint.refused(
                    "The story cannot continue: " + e.what() + ".", "This should not happen; please report it.");
        }
    }

    private Role role() throws Complaint {
        return switch (ci.toLowerCase(Locale.ROOT)) {
            case "github" -> new GithubRole();
            case "jenkins" -> new JenkinsRole();
            default ->
                throw Complaint.usage("There is no story for \"" + ci + "\".", "Use --ci github or --ci jenkins.");
        };
    }
}
