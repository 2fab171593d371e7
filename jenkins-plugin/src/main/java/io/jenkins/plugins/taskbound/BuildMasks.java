// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.AbstractBuild;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.credentialsbinding.masking.SecretPatterns;

/**
 * What the logs of builds that are not Pipelines must not show. A log begins before its build has a token, so the
 * pattern is looked up line by line until there is one. Gone with the process, and never stored with a build.
 */
@Extension
public final class BuildMasks {
    private final Map<AbstractBuild<?, ?>, BlockSecrets> hidden = Collections.synchronizedMap(new WeakHashMap<>());

    static BuildMasks get() {
        return ExtensionList.lookupSingleton(BuildMasks.class);
    }

    void hide(AbstractBuild<?, ?> build, BlockSecrets secrets) {
        hidden.put(build, secrets);
    }

    /** The names of the variables that must not be seen; none before the build has a token. */
    Set<String> sensitive(AbstractBuild<?, ?> build) {
        BlockSecrets secrets = hidden.get(build);
        return secrets == null ? Set.of() : secrets.sensitive();
    }

    /** Masks until the log is closed: what runs after the build steps may still print the token. */
    OutputStream filter(AbstractBuild<?, ?> build, OutputStream log) {
        return new SecretPatterns.MaskingOutputStream(
                log, () -> pattern(build), build.getCharset().name()) {
            @Override
            public void close() throws IOException {
                super.close();
                hidden.remove(build);
            }
        };
    }

    /** Null, by which the stream masks nothing, before the build has a token. */
    @CheckForNull
    private Pattern pattern(AbstractBuild<?, ?> build) {
        BlockSecrets secrets = hidden.get(build);
        return secrets == null ? null : Pattern.compile(secrets.pattern().getPlainText());
    }
}
