// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.dev;

import io.taskbound.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What {@code serve --dev} prints: lines to be pasted into a shell. No token and no secret stands on a command line;
 * they lie in files that only their owner can read.
 */
final class Welcome {
    private static final String IDENTIFIER = "artifact:acme/shop/app.jar@sha256:" + "9f2c".repeat(16);

    private Welcome() {}

    static List<String> toBuiltInPolicy(DevFiles files, String url, String providerUrl) {
        return List.of(
                "stand-in CI provider at " + providerUrl + ": signs ID tokens for anyone on this machine",
                "policy in " + files.at("policy.yaml") + ", resource server dev with its secret in "
                        + files.at(DevSetting.SECRET),
                "",
                "Mint, redeem, revoke; paste as often as you like:",
                mint(files, url),
                redeem(files, url),
                revoke(files, url),
                "",
                "A task that another person must approve; it waits, and prints the line for that:",
                "  taskbound run --issuer " + url + " --task rotate-root-key --identifier key:acme/shop/root"
                        + " --id-token-command 'taskbound dev id-token --as github:acme/shop@main --issuer " + url
                        + "' -- echo rotated",
                "  taskbound approve ID --issuer " + url + " --id-token-command 'taskbound dev id-token --person mona"
                        + " --issuer " + url + "'",
                "");
    }

    static List<String> toOwnPolicy(DevFiles files, String url, Policy policy) {
        var lines = new ArrayList<String>();
        lines.add("DEV: every provider of this policy has the stand-in's keys; its tokens are worthless elsewhere");
        lines.add("every resource server has the secret in " + files.at(DevSetting.SECRET));
        var tasks = policy.tasks().stream().map(task -> task.name().value()).collect(Collectors.joining(", "));
        lines.add("tasks: " + tasks);
        lines.add("");
        lines.add("A token, as any caller; --claim sets what the rule wants:");
        lines.add("  taskbound dev token --as github:acme/shop@main --task TASK --identifier IDENTIFIER --claim"
                + " repository_id=2002 --issuer " + url + " --out " + quoted(files, "token"));
        lines.add("");
        return lines;
    }

    /** Each ID token can be exchanged once, so the line begins with a fresh one. */
    private static String mint(DevFiles files, String url) {
        return "  curl -sSf -o " + quoted(files, "id-token") + " " + url + DevEndpoint.PATH
                + " && curl -sS -o " + quoted(files, "mint.json") + " -w 'mint %{http_code}\\n' " + url + "/token"
                + " -d grant_type=urn:ietf:params:oauth:grant-type:token-exchange"
                + " -d subject_token_type=urn:ietf:params:oauth:token-type:id_token"
                + " --data-urlencode subject_token@" + quoted(files, "id-token")
                + " --data-urlencode 'authorization_details=[{\"type\":\"task\",\"task\":\"sign-release\","
                + "\"actions\":[\"sign\"],\"identifier\":\"" + IDENTIFIER + "\"}]'"
                + " && sed -n 's/.*\"access_token\":\"\\([^\"]*\\)\".*/\\1/p' " + quoted(files, "mint.json")
                + " | tr -d '\\n' > " + quoted(files, "token");
    }

    private static String redeem(DevFiles files, String url) {
        return "  curl -sS -w '\\nredeem %{http_code}\\n' -K " + quoted(files, "dev.curl") + " " + url + "/redeem"
                + " --data-urlencode token@" + quoted(files, "token")
                + " -d action=sign --data-urlencode 'identifier=" + IDENTIFIER + "'";
    }

    private static String revoke(DevFiles files, String url) {
        return "  curl -sS -w 'revoke %{http_code}\\n' " + url + "/revoke --data-urlencode token@"
                + quoted(files, "token");
    }

    /** For a POSIX shell; a quote in the folder's name must not end ours. */
    private static String quoted(DevFiles files, String name) {
        return "'" + files.at(name).toString().replace("'", "'\\''") + "'";
    }
}
