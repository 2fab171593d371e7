// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.approvals;

import io.taskbound.cli.idtoken.IdTokenOptions;
import io.taskbound.cli.proxy.EnvironmentProxies;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Faults;
import io.taskbound.cli.terminal.Loopback;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.IssuerUrl;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which issuer, and where the ID token of the person comes from, as typed. */
final class PersonOptions {
    @Option(
            names = "--issuer",
            paramLabel = "URL",
            description = "The issuer (default: TASKBOUND_ISSUER, or that of the approval's address).")
    private Optional<String> issuer = Optional.empty();

    @Mixin
    private IdTokenOptions idToken = new IdTokenOptions();

    /**
     * The person who has typed this; nothing has been asked for yet.
     *
     * @param command for its help
     * @param addressed the issuer of an address on the command line
     */
    Person person(String command, Optional<IssuerUrl> addressed, CommandContext context) throws Complaint {
        var where = issuerUrl(addressed, context);
        var faults = new Faults();
        idToken.check(faults, issuer.isPresent());
        var proxies = EnvironmentProxies.of(context);
        Stream.concat(Stream.of(URI.create(where.toString())), idToken.endpoint(context).stream())
                .flatMap(address -> proxies.fault(address).stream())
                .distinct()
                .forEach(faults::add);
        faults.complainIfAny(command);
        var client = IssuerClient.builder(where).transport(proxies.transport());
        idToken.audience().ifPresent(client::idTokenAudience);
        return new Person(
                client.build(),
                idToken.source(context, proxies, where.toString()),
                idToken.audience(where.toString()),
                context.clock());
    }

    private IssuerUrl issuerUrl(Optional<IssuerUrl> addressed, CommandContext context) throws Complaint {
        var typed = issuer.or(() -> context.variable("TASKBOUND_ISSUER"));
        if (typed.isEmpty()) {
            return addressed.orElseThrow(() -> Complaint.usage(
                    "--issuer is missing, and TASKBOUND_ISSUER is not set.",
                    "Name the issuer, or give the whole address of the approval."));
        }
        var named = IssuerUrl.of(Loopback.issuerUrl(typed.get()));
        if (addressed.isPresent() && !addressed.get().equals(named)) {
            throw Complaint.refused(
                    "The address is not of your issuer: that is " + named
                            + (issuer.isPresent() ? "." : ", in TASKBOUND_ISSUER."),
                    "Ask whoever sent it. If it is right, name its issuer with --issuer.");
        }
        return named;
    }
}
