// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What CloudFormation makes of a SAM template before it deploys it, by the translator that AWS itself runs. Tests only.
 */
public final class SamTemplate {
    private static final String SCRIPT = "transform.py";

    private SamTemplate() {}

    /**
     * @param root of the source tree
     * @param settings {@code Name=value} of parameters; the others have their defaults
     * @return the template in JSON without the SAM transform
     */
    public static String plain(Path root, Path template, List<String> settings)
            throws AwsServer.Unavailable, IOException, InterruptedException {
        var tools = AwsTools.installed(root);
        var arguments = new ArrayList<String>();
        arguments.add(template.toString());
        arguments.addAll(settings);
        var translator = tools.python(SCRIPT, arguments);
        var plain = new String(translator.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (translator.waitFor() != 0) {
            throw new IllegalArgumentException("no SAM template: " + tools.complaints(SCRIPT));
        }
        return plain;
    }
}
