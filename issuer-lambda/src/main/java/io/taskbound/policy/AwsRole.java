// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code kind: aws-role}: sessions of an IAM role, each narrowed by a session policy.
 *
 * @param roleArn the role that the issuer assumes
 * @param actions the IAM actions that each of our actions stands for
 * @param resources for services other than S3: the ARN templates that an identifier of a form stands for, in the order
 *     of the policy; see {@link ArnTemplate}
 * @param region the region that the command's tools are told, where the policy names one
 */
public record AwsRole(
        String roleArn, Map<String, List<String>> actions, List<ArnTemplate> resources, Optional<String> region)
        implements Delivery {
    public static final String KIND = "aws-role";

    public AwsRole {
        actions = Map.copyOf(actions);
        resources = List.copyOf(resources);
    }

    @Override
    public String kind() {
        return KIND;
    }
}
