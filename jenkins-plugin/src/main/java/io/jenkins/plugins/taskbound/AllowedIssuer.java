// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import java.io.Serializable;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** An issuer that a step may name instead of the configured one. */
public final class AllowedIssuer extends AbstractDescribableImpl<AllowedIssuer> implements Serializable {
    private static final long serialVersionUID = 1;

    private final String url;

    @DataBoundConstructor
    public AllowedIssuer(String url) {
        this.url = url == null ? "" : url.strip();
    }

    public String getUrl() {
        return url;
    }

    @Extension
    @Symbol("allowedIssuer")
    public static final class DescriptorImpl extends Descriptor<AllowedIssuer> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.AllowedIssuer_DisplayName();
        }

        @RequirePOST
        public FormValidation doCheckUrl(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return TaskboundConfiguration.checkedIssuer(value);
        }
    }
}
