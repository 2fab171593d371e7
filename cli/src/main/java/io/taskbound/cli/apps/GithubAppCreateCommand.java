// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.apps;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.FileTrouble;
import io.taskbound.cli.terminal.Loopback;
import io.taskbound.cli.terminal.Printable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code github-app create}: GitHub's manifest flow, with a page on loopback. */
@Command(
        name = "create",
        header = "Create a GitHub App with the least permissions, and give its key to the issuer.",
        description = {
            "",
            "Opens a page on this machine that sends you to GitHub, where you log in and agree. GitHub hands the"
                    + " App's key to this command, which keeps it for the issuer; it is in no file of yours. The App"
                    + " has no webhook, and only its owner can install it.",
            "",
            "Its permissions are those of --permission, or those that tasks of a policy have at a github-app of the"
                    + " owner. Add others later at GitHub; each installation has to accept them."
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  taskbound github-app create --owner acme --policy policy.yaml --stack taskbound",
            "  taskbound github-app create --owner acme --permission contents:write --data DIR"
        })
public final class GithubAppCreateCommand implements Callable<Integer> {
    private static final Pattern LOGIN = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9-]{0,37}[A-Za-z0-9])?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,33}");
    private static final String GITHUB = "https://api.github.com";

    private final CommandContext context;

    @Option(names = "--owner", required = true, paramLabel = "LOGIN", description = "The organization that owns it.")
    private String owner = "";

    @Option(names = "--personal", description = "The owner is a user account, and not an organization.")
    private boolean personal;

    @Option(names = "--name", paramLabel = "NAME", description = "The App's name (default: taskbound-LOGIN).")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--permission",
            paramLabel = "NAME:LEVEL",
            description = "A permission that it gets, such as contents:write; may be repeated.")
    private List<String> permissions = new ArrayList<>();

    @Option(
            names = "--policy",
            paramLabel = "PATH",
            description = "Take the permissions from the tasks of this policy: a YAML file, or a folder of them.")
    private Optional<Path> policy = Optional.empty();

    @Option(
            names = "--api-url",
            paramLabel = "URL",
            description = "GitHub's REST API; https://HOST/api/v3 for an Enterprise Server (default: " + GITHUB + ").")
    private String apiUrl = GITHUB;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            description = "How long to wait for you to agree at GitHub (default: ${DEFAULT-VALUE}).",
            defaultValue = "600")
    private int seconds;

    @Mixin
    private KeyPlaceOptions place = new KeyPlaceOptions();

    public GithubAppCreateCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Complaint {
        var form = form();
        try (var kept = place.openToSeal(context)) {
            var app = MadeApp.of(form.api(), code(form));
            var where = keep(app, kept);
            tell(app, where, form);
        }
        return 0;
    }

    private ManifestForm form() throws Complaint {
        if (!LOGIN.matcher(owner).matches()) {
            throw Complaint.usage(
                    "Not the login of an organization or user: " + Printable.typed(owner) + ".",
                    "Write it as GitHub's URLs have it.");
        }
        var named = name.orElse(("taskbound-" + owner).substring(0, Math.min(34, owner.length() + 10)));
        if (!NAME.matcher(named).matches()) {
            throw Complaint.usage(
                    "Not a name for an App: " + Printable.typed(named) + ".",
                    "Use at most 34 letters, digits, blanks, '.', '_' and '-'.");
        }
        if (permissions.isEmpty() == policy.isEmpty()) {
            throw Complaint.usage(
                    "The App's permissions are not named, or they are named twice.",
                    "Name them with --permission, or the policy that needs them with --policy.");
        }
        var asked = policy.isPresent() ? AppPermissions.ofPolicy(policy.get(), owner, context) : permissions;
        return new ManifestForm(api(), owner, personal, named, AppPermissions.of(asked));
    }

    private URI api() throws Complaint {
        try {
            var uri = URI.create(apiUrl.endsWith("/") ? apiUrl.substring(0, apiUrl.length() - 1) : apiUrl);
            boolean https = "https".equals(uri.getScheme());
            if (uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && (https || ("http".equals(uri.getScheme()) && Loopback.isLoopback(uri)))) {
                return uri;
            }
        } catch (IllegalArgumentException notAUri) {
            // the same answer as for one that is not for this
        }
        throw Complaint.usage(
                "Not the address of an API of GitHub: --api-url.",
                "Write https://HOST/api/v3 for an Enterprise Server, or leave it out.");
    }

    private String code(ManifestForm form) throws Complaint {
        try (var page = ManifestPage.open(form)) {
            context.say(
                    "Open this page in a browser on this machine, logged in at GitHub as an owner of " + owner + ":");
            context.say("  " + page.url());
            return page.code(Duration.ofSeconds(seconds))
                    .orElseThrow(() -> Complaint.refused(
                            "Nobody agreed at GitHub within " + seconds + " s, and nothing was kept.",
                            "Run this command again. If GitHub shows the App, delete it there first."));
        } catch (IOException e) {
            throw Complaint.refused(
                    "No page can be opened on this machine: " + FileTrouble.words(e) + ".",
                    "Create the App at GitHub, and import its key with `taskbound keys import-github-app`.");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Complaint.refused("The command was stopped, and nothing was kept.", "Run it again.");
        }
    }

    private static String keep(MadeApp app, KeyPlace place) throws Complaint {
        try {
            return place.keep(app.id(), app.key());
        } catch (Complaint refused) {
            throw Complaint.refused(
                    "The App " + app.id() + " is there, and its key is not kept: " + refused.what(),
                    refused.remedy() + " Then generate a new key on the App's page, delete the old one, and import it"
                            + " with `taskbound keys import-github-app`.");
        }
    }

    private void tell(MadeApp app, String where, ManifestForm form) {
        context.say(context.green("Created") + ". The App " + app.slug() + " has the id " + app.id()
                + ", and its key is " + where + ".");
        context.say("Its fingerprint is " + app.key().fingerprint() + ".");
        if (!app.owner().equalsIgnoreCase(owner)) {
            context.warn("It belongs to " + app.owner() + " and not to " + owner + ": transfer it, or create another.");
        }
        Map<String, String> more = app.more(form.permissions());
        if (!more.isEmpty()) {
            context.warn("It may do more than was asked for: " + more + ". Take that away on the App's page.");
        }
        context.say("");
        context.say("What you should do now:");
        context.say(
                "  1. Install it in the repositories that tasks name: " + app.page(form.api()) + "/installations/new");
        context.say("  2. Write this into the policy, under resource_servers:");
        context.say("       github:");
        context.say("         kind: github-app");
        context.say("         app_id: \"" + app.id() + "\"");
        context.say("         owners: {" + app.owner() + ": \"" + app.ownerId() + "\"}");
        if (!form.api().toString().equals(GITHUB)) {
            context.say("         api_url: " + form.api());
        }
    }
}
