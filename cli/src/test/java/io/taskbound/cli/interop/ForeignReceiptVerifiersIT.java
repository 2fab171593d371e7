// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.taskbound.cli.overhttp.LiveIssuer;
import io.taskbound.cli.overhttp.OneIssuer;
import io.taskbound.client.IdToken;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.KeysAnswer;
import io.taskbound.client.LeaseListener;
import io.taskbound.client.MintAnswer;
import io.taskbound.client.ReceiptAnswer;
import io.taskbound.client.TaskDetail;
import io.taskbound.client.TaskRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A receipt of a live issuer, verified by securesystemslib of PyPI, and by cosign where it is there: each accepts it
 * and refuses it with one bit changed.
 */
@Tag("long")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "tools/checks/receipt is a script of bash")
@ExtendWith(OneIssuer.class)
class ForeignReceiptVerifiersIT {
    private static final Path ROOT = Path.of(System.getProperty("taskbound.root"));

    @TempDir
    private Path folder;

    private final LiveIssuer issuer;

    ForeignReceiptVerifiersIT(LiveIssuer issuer) {
        this.issuer = issuer;
    }

    @Test
    void acceptItAndRefuseAChangedBit() throws Exception {
        var client = IssuerClient.at(issuer.url());
        var request = TaskRequest.of(TaskDetail.of("deploy", "deploy", "env:production"));
        var granted = ((MintAnswer.Granted) client.mint(IdToken.of(issuer.idToken()), request)).token();
        var held = client.hold(granted, LeaseListener.ignoring());
        held.end();
        var receipt =
                Files.writeString(folder.resolve("receipt.json"), ((ReceiptAnswer.Received) held.receipt()).envelope());
        var keys =
                Files.writeString(folder.resolve("jwks.json"), ((KeysAnswer.Published) client.publishedKeys()).jwks());

        var checked = Subprocess.run(
                ROOT,
                "",
                List.of("bash", ROOT.resolve("tools/checks/receipt").toString(), receipt.toString(), keys.toString()));

        assumeFalse(
                checked.out().contains("NOT RUN  securesystemslib"),
                "NOT RUN: securesystemslib cannot be installed here (target/receipt-tools/pip.log)");
        assertThat(checked.code()).as(checked.out() + checked.err()).isZero();
        assertThat(checked.out()).contains("== OK       securesystemslib").doesNotContain("FAILED");
    }

    /** What is refused must be refused for what is wrong with it: the script itself must not always say yes. */
    @Test
    void theScriptFailsForWhatIsNoReceiptOfTheseKeys() throws Exception {
        var sample = ROOT.resolve("contract/receipt");
        var text = Files.readString(sample.resolve("receipt.intoto.json"), UTF_8);
        var changed =
                Files.writeString(folder.resolve("changed.json"), text.replace("\"payload\":\"e", "\"payload\":\"f"));

        var checked = Subprocess.run(
                ROOT,
                "",
                List.of(
                        "bash",
                        ROOT.resolve("tools/checks/receipt").toString(),
                        changed.toString(),
                        sample.resolve("jwks.json").toString()));

        assumeFalse(
                checked.out().contains("NOT RUN  securesystemslib"),
                "NOT RUN: securesystemslib cannot be installed here (target/receipt-tools/pip.log)");
        assertThat(checked.code()).isEqualTo(1);
        assertThat(checked.out()).contains("== FAILED   securesystemslib");
    }
}
