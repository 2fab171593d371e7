// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What a build asked for and got no token for: it was refused, nobody answered, or it was a dry run. */
@ExportedBean(defaultVisibility = 2)
public final class UngrantedTask implements Serializable {
    private static final long serialVersionUID = 1;

    private final String task;
    private final List<String> targets;
    private final String place;
    private final String asked;
    private final String answer;

    UngrantedTask(TokenRequest wanted, String place, String answer, Instant now) {
        this.task = wanted.task();
        this.targets = wanted.targets();
        this.place = place;
        this.asked = now.truncatedTo(ChronoUnit.SECONDS).toString();
        this.answer = answer;
    }

    @Exported
    public String getTask() {
        return task;
    }

    /** Each with its actions. */
    @Exported
    public List<String> getTargets() {
        return targets;
    }

    /** The stages and branches around the step, the outermost first; empty outside of all. */
    @Exported
    public String getPlace() {
        return place;
    }

    @Exported
    public String getAsked() {
        return asked;
    }

    /** One sentence for people. */
    @Exported
    public String getAnswer() {
        return answer;
    }
}
