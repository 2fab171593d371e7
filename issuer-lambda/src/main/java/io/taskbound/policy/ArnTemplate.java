// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.task.Identifier;
import java.util.List;
import java.util.Optional;

/**
 * What an identifier of one form stands for in an AWS account.
 *
 * @param identifier the form, such as {@code table:{name}}: a name in braces stands for one or more letters, digits and
 *     {@code . _ -}
 * @param arns the ARNs, in which the same names in braces are filled in; a {@code *} stands in none of them but as the
 *     last character, after a {@code /} or {@code :}
 */
public record ArnTemplate(String identifier, List<String> arns) {
    public ArnTemplate {
        arns = List.copyOf(arns);
    }

    /** The ARNs that this identifier stands for; empty if it is not of the form. */
    public Optional<List<String>> arnsOf(Identifier target) {
        return BracedText.checked(identifier)
                .match(target.value())
                .map(values -> arns.stream()
                        .map(arn -> BracedText.checked(arn).fill(values))
                        .toList());
    }
}
