// SPDX-License-Identifier: Apache-2.0
package io.taskbound.stack;

import java.util.List;
import java.util.Map;

/**
 * One request to AWS, as IAM sees it.
 *
 * @param action such as {@code dynamodb:PutItem}
 * @param resource the ARN that it is about, or {@code *}
 * @param context what conditions can ask for, such as {@code dynamodb:LeadingKeys}
 */
public record AwsCall(String action, String resource, Map<String, List<String>> context) {
    public AwsCall {
        context = Map.copyOf(context);
    }
}
