// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.roles;

import io.taskbound.cli.cloud.CloudOptions;
import io.taskbound.cli.cloud.IamRoles;
import io.taskbound.cli.cloud.StackOutput;
import io.taskbound.cli.policy.Loaded;
import io.taskbound.cli.policy.PolicyFiles;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.policy.AwsRole;
import io.taskbound.policy.Policy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code policy check-roles}: the trust policies of the roles that a policy hands out sessions of. */
@Command(
        name = "check-roles",
        header = "Check whom the AWS roles of a policy let in.",
        description = {
            "",
            "Reads the trust policy of each role that a resource server of the kind aws-role names, with your AWS"
                    + " credentials (iam:GetRole). Says where a role lets in others than the issuer, does not let"
                    + " the issuer in, or gives it sessions for any task. Exit code 0 if nothing is wrong, else 1.",
            "",
            "Statements that deny are not weighed. Roles of several accounts are checked with credentials of each."
        },
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  taskbound policy check-roles policy.yaml --stack taskbound"})
public final class PolicyCheckRolesCommand implements Callable<Integer> {
    private static final String ROLE = "arn:[a-z-]+:iam::[0-9]{12}:role/.+";

    private final CommandContext context;

    @Parameters(paramLabel = "PATH", description = "The policy: a YAML file, or a folder of them.")
    private Path path = Path.of("");

    @Option(
            names = "--issuer-role",
            paramLabel = "ARN",
            description = "The role of the issuer's function: the stack's output IssuerRoleArn (default: that of"
                    + " the stack).")
    private Optional<String> typedIssuer = Optional.empty();

    @Mixin
    private CloudOptions cloud = new CloudOptions();

    public PolicyCheckRolesCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Complaint {
        if (typedIssuer.isEmpty() && !cloud.isStackNamed(context)) {
            throw Complaint.usage(
                    "The issuer's role is not named.",
                    "Name its stack with --stack NAME or in TASKBOUND_STACK, or the role with --issuer-role ARN.");
        }
        if (typedIssuer.filter(role -> !role.matches(ROLE)).isPresent()) {
            throw Complaint.usage(
                    "Not the ARN of a role: " + Printable.typed(typedIssuer.get()) + ".",
                    "Copy the stack's output IssuerRoleArn, such as arn:aws:iam::111122223333:role/taskbound-issuer.");
        }
        var named = roles(policy());
        if (named.isEmpty()) {
            context.say(context.green("OK") + "  the policy has no resource server of the kind aws-role");
            return 0;
        }
        var issuer =
                cloud.setting(StackOutput.ISSUER_ROLE, typedIssuer, context).orElseThrow();
        boolean clean = true;
        try (var iam = cloud.cloud(context).roles()) {
            for (var role : named) {
                clean &= check(iam, role, issuer);
            }
        }
        return clean ? 0 : Complaint.REFUSED;
    }

    private Policy policy() throws Complaint {
        if (!Files.exists(path)) {
            throw Complaint.usage("There is no " + path + ".", "Name a policy file, or a folder of them.");
        }
        if (PolicyFiles.load(path, context.variable("TASKBOUND_ISSUER")) instanceof Loaded.Ok loaded) {
            return loaded.policy();
        }
        throw Complaint.refused("The policy has errors.", "Run `taskbound policy check` on it first.");
    }

    private static List<String> roles(Policy policy) {
        return policy.servers().stream()
                .flatMap(server -> server.delivery().stream())
                .flatMap(delivery -> delivery instanceof AwsRole role
                        ? List.of(role.roleArn()).stream()
                        : List.<String>of().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** A role that IAM does not show is no reason to leave out those after it. */
    private boolean check(IamRoles iam, String role, String issuer) {
        try {
            var flaws = RoleTrust.flaws(iam.trustPolicy(role), issuer);
            context.say((flaws.isEmpty() ? context.green("OK") : context.red("FAULTY")) + "  " + role);
            flaws.forEach(flaw -> context.say("  " + flaw));
            return flaws.isEmpty();
        } catch (Complaint unseen) {
            context.say(context.red("NOT CHECKED") + "  " + role);
            context.say("  " + unseen.what() + " " + unseen.remedy());
            return false;
        }
    }
}
