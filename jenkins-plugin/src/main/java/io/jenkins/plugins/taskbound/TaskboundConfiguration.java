// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.oidc_provider.IdTokenStringCredentials;
import io.taskbound.client.IssuerUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** What the step {@code withTaskToken} takes where its block names nothing else. */
@Extension
@Symbol("taskbound")
public final class TaskboundConfiguration extends GlobalConfiguration {
    static final String DEFAULT_LEASE = "60s";

    private @CheckForNull String issuer;
    private @CheckForNull List<AllowedIssuer> allowedIssuers;
    private @CheckForNull String credentialsId;
    private @CheckForNull String lifetime;
    private @CheckForNull String lease;

    public TaskboundConfiguration() {
        load();
    }

    static TaskboundConfiguration get() {
        return ExtensionList.lookupSingleton(TaskboundConfiguration.class);
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.TaskboundConfiguration_DisplayName();
    }

    @CheckForNull
    public String getIssuer() {
        return issuer;
    }

    @DataBoundSetter
    public void setIssuer(String issuer) {
        this.issuer = Util.fixEmptyAndTrim(issuer);
        save();
    }

    /** Issuers that a step may name instead; none unless an administrator lists them. */
    public List<AllowedIssuer> getAllowedIssuers() {
        return allowedIssuers == null ? List.of() : allowedIssuers;
    }

    @DataBoundSetter
    public void setAllowedIssuers(List<AllowedIssuer> allowedIssuers) {
        // A plain list: the configuration's XML would else name an inner class of the JDK.
        this.allowedIssuers = allowedIssuers == null ? null : new ArrayList<>(allowedIssuers);
        save();
    }

    /**
     * Whether builds may go to an issuer: else whoever can edit a Jenkinsfile could send this controller's requests,
     * and a build's ID token, to any host.
     */
    boolean allows(IssuerUrl wanted) {
        return Stream.concat(
                        Stream.ofNullable(issuer), getAllowedIssuers().stream().map(AllowedIssuer::getUrl))
                .anyMatch(known -> isSame(known, wanted));
    }

    private static boolean isSame(String known, IssuerUrl wanted) {
        try {
            return IssuerUrl.of(known).equals(wanted);
        } catch (IllegalArgumentException unusable) {
            return false;
        }
    }

    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    /** Only its id: the credential is looked up where each build may. */
    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
        save();
    }

    @CheckForNull
    public String getLifetime() {
        return lifetime;
    }

    @DataBoundSetter
    public void setLifetime(String lifetime) {
        this.lifetime = Util.fixEmptyAndTrim(lifetime);
        save();
    }

    @CheckForNull
    public String getLease() {
        return lease;
    }

    @DataBoundSetter
    public void setLease(String lease) {
        this.lease = Util.fixEmptyAndTrim(lease);
        save();
    }

    @Override
    public boolean configure(StaplerRequest2 request, JSONObject form) {
        if (!form.has("allowedIssuers")) {
            // A form without a row says nothing of the list.
            setAllowedIssuers(List.of());
        }
        request.bindJSON(this, form);
        return true;
    }

    /** What the owner of the policy adds, so that this controller's builds can be named in rules. */
    public String getProviderEntry() {
        return providerEntry().text();
    }

    /** Where this controller publishes its keys. */
    public String getKeysUrl() {
        return providerEntry().keysUrl();
    }

    private ProviderEntry providerEntry() {
        String known = Jenkins.get().getRootUrl();
        return new ProviderEntry(
                known == null ? "https://JENKINS-URL-NOT-SET/" : known,
                issuer,
                ControllerCredential.find(credentialsId));
    }

    @RequirePOST
    public FormValidation doCheckIssuer(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return checkedIssuer(value);
    }

    @RequirePOST
    public FormValidation doCheckLifetime(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return checkedDuration("Lifetime", value);
    }

    @RequirePOST
    public FormValidation doCheckLease(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return checkedDuration("Lease", value);
    }

    @RequirePOST
    public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
        var box = new StandardListBoxModel();
        if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            return box.includeCurrentValue(credentialsId);
        }
        return box.includeEmptyValue()
                .includeMatchingAs(
                        ACL.SYSTEM2, Jenkins.get(), IdTokenStringCredentials.class, List.of(), BuildIdentity.FOR_BUILDS)
                .includeCurrentValue(credentialsId);
    }

    /** Asks the issuer, with an ID token of this controller, for a dry run. */
    @RequirePOST
    public FormValidation doTestConnection(@QueryParameter String issuer, @QueryParameter String credentialsId) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return ConnectionTest.of(Util.fixNull(issuer), Util.fixNull(credentialsId));
    }

    static FormValidation checkedIssuer(@CheckForNull String value) {
        if (value == null || value.isBlank()) {
            return FormValidation.ok();
        }
        try {
            IssuerUrl.of(value.strip());
            return FormValidation.ok();
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    static FormValidation checkedDuration(String name, @CheckForNull String value) {
        if (value == null || value.isBlank()) {
            return FormValidation.ok();
        }
        try {
            StepDuration.read(name, value.strip());
            return FormValidation.ok();
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }
}
