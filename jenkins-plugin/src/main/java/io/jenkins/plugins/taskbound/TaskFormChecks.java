// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.oidc_provider.IdTokenStringCredentials;
import io.taskbound.client.IssuerUrl;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/**
 * What a browser hears of the fields of a {@link TaskForm} while somebody fills them in. Whoever may not configure the
 * job hears nothing.
 */
final class TaskFormChecks {
    private static final Pattern TASK = Pattern.compile("[a-z0-9-]{1,32}");

    private TaskFormChecks() {}

    static String configuredIssuer() {
        String known = TaskboundConfiguration.get().getIssuer();
        return known == null ? "https://tokens.acme.example" : known;
    }

    static FormValidation task(@CheckForNull Item item, String value) {
        return mayConfigure(item) && isFilled(value) && !TASK.matcher(value).matches()
                ? FormValidation.error("task must be 1 to 32 characters from a-z, 0-9 and -, as in the policy")
                : FormValidation.ok();
    }

    static FormValidation variable(@CheckForNull Item item, String value) {
        return mayConfigure(item) && isFilled(value)
                ? VariableName.objection(value.strip())
                        .map(FormValidation::error)
                        .orElseGet(FormValidation::ok)
                : FormValidation.ok();
    }

    static FormValidation issuer(@CheckForNull Item item, String value) {
        if (!mayConfigure(item) || !isFilled(value)) {
            return FormValidation.ok();
        }
        try {
            Refusals.requireAllowed(IssuerUrl.of(value.strip()));
            return FormValidation.ok();
        } catch (IllegalArgumentException | AbortException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    static FormValidation duration(@CheckForNull Item item, String name, String value) {
        return mayConfigure(item) ? TaskboundConfiguration.checkedDuration(name, value) : FormValidation.ok();
    }

    static FormValidation approvalWait(@CheckForNull Item item, String value) {
        if (!mayConfigure(item) || !isFilled(value)) {
            return FormValidation.ok();
        }
        try {
            StepDuration.readWait("approvalWait", value.strip());
            return FormValidation.ok();
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    static ListBoxModel credentials(@CheckForNull Item item, String current) {
        var box = new StandardListBoxModel();
        if (item == null ? !Jenkins.get().hasPermission(Jenkins.ADMINISTER) : !mayUseCredentials(item)) {
            return box.includeCurrentValue(current);
        }
        return box.includeEmptyValue()
                .includeAs(whoBuilds(item), item, IdTokenStringCredentials.class)
                .includeCurrentValue(current);
    }

    private static boolean isFilled(@CheckForNull String value) {
        return value != null && !value.isBlank();
    }

    /** What the list offers, the build must find: it looks with the rights of the job. */
    private static Authentication whoBuilds(@CheckForNull Item item) {
        return item instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2;
    }

    private static boolean mayConfigure(@CheckForNull Item item) {
        return item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.CONFIGURE);
    }

    private static boolean mayUseCredentials(Item item) {
        return item.hasPermission(Item.EXTENDED_READ) || item.hasPermission(CredentialsProvider.USE_ITEM);
    }
}
