// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import java.util.List;

/**
 * What an identifier of one form stands for in an AWS account.
 *
 * @param identifier the form, such as {@code table:{name}}: a name in braces stands for one or more letters, digits and
 *     {@code . _ -}
 * @param arns the ARNs, in which the same names in braces are filled in
 */
public record ArnTemplate(String identifier, List<String> arns) {
    public ArnTemplate {
        arns = List.copyOf(arns);
    }
}
