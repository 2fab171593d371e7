// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.parts;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;

/**
 * The stand-in provider and DynamoDB Local. Both are there in a checkout; the archive holds the first and a list of
 * what the second is made of; the jar of a release holds neither.
 */
public final class LocalParts {
    private static final String STAND_IN = "io/taskbound/local/StandInProvider.class";
    private static final String DYNAMODB_LOCAL = "software/amazon/dynamodb/services/local/main/ServerRunner.class";

    private LocalParts() {}

    /** Complains in place of a fault of the class loader; {@code what} is what was asked for, such as {@code `dev`}. */
    public static void requireStandIn(String what) throws Complaint {
        if (isMissing(STAND_IN)) {
            throw absent(what);
        }
    }

    /**
     * Brings DynamoDB Local where it is missing and a list says what it is made of; says on stderr what it does.
     *
     * @throws Complaint if it cannot be had; nothing unchecked has been loaded
     */
    public static void require(String what, CommandContext context) throws Complaint {
        requireStandIn(what);
        if (isMissing(DYNAMODB_LOCAL)) {
            var list = PartList.besideTheProgram().orElseThrow(() -> absent(what));
            SystemPath.add(PartsFolder.of(context).with(list, new PartSource(list, context)));
        }
    }

    private static boolean isMissing(String name) {
        return ClassLoader.getSystemResource(name) == null;
    }

    private static Complaint absent(String what) {
        return Complaint.refused(
                what + " needs DynamoDB Local and the stand-in provider, which the jar of a release does not contain.",
                "Use the archive for your system, or a checkout of the sources: ./taskbound builds it. For real use:"
                        + " `serve --table NAME`.");
    }
}
