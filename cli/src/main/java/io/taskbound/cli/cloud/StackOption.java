// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.cloud;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Printable;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Mixin: the stack that says what an issuer's parts are called. What is typed wins over the environment; on either
 * level what names one part wins over the stack.
 */
final class StackOption {
    private static final String VARIABLE = "TASKBOUND_STACK";
    /** What CloudFormation takes for a name, and the ARN that it makes of it. */
    private static final Pattern NAME = Pattern.compile(
            "[a-zA-Z][-a-zA-Z0-9]{0,127}"
                    + "|arn:aws[a-z-]*:cloudformation:([a-z0-9-]{1,40}):[0-9]{12}:stack/[a-zA-Z][-a-zA-Z0-9]{0,127}/[-a-zA-Z0-9]{1,64}");

    @Option(
            names = "--stack",
            paramLabel = "NAME",
            description = "The issuer's CloudFormation stack, by name or ARN: its outputs name the table, the keys, the"
                    + " functions and the log group (default: TASKBOUND_STACK; `serve` ignores the variable).")
    private Optional<String> typed = Optional.empty();

    private @Nullable IssuerStack known;

    boolean isTyped() {
        return typed.isPresent();
    }

    /** Typed, or else the environment's. */
    Optional<String> named(CommandContext context) {
        return typed.or(() -> context.variable(VARIABLE));
    }

    /** The region in its ARN, where it was named by one. */
    Optional<String> region(CommandContext context) {
        return named(context)
                .map(NAME::matcher)
                .filter(Matcher::matches)
                .flatMap(arn -> Optional.ofNullable(arn.group(1)));
    }

    /** Looks the stack up, once; known to be named. */
    String value(StackOutput output, Cloud cloud, CommandContext context) throws Complaint {
        if (known == null) {
            known = cloud.stack(checked(named(context).orElseThrow()));
        }
        return known.value(output);
    }

    private static String checked(String name) throws Complaint {
        if (!NAME.matcher(name).matches()) {
            throw Complaint.usage(
                    "Not a valid name of a CloudFormation stack: " + Printable.typed(name) + ".",
                    "It is a letter, then letters, digits and '-', such as taskbound; or the stack's ARN.");
        }
        return name;
    }
}
