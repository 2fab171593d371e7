// SPDX-License-Identifier: Apache-2.0
package io.taskbound.credential;

import io.taskbound.policy.AwsRole;
import io.taskbound.policy.IamAction;
import io.taskbound.policy.S3Bucket;
import io.taskbound.task.Identifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;

/** Works out the statements for the targets of one grant, as few as there can be. */
final class AwsStatements {
    private static final String S3 = "s3:";
    private static final String READS = "s3:GetObject";
    private static final String LIST = "s3:ListBucket";

    private final AwsRole role;
    private final String partition;
    private final List<AwsStatement> statements = new ArrayList<>();

    AwsStatements(AwsRole role) {
        this.role = role;
        this.partition = role.roleArn().split(":", -1)[1];
    }

    List<AwsStatement> merged() {
        var byBucket = grouped(
                statements, AwsStatement::resources, one -> !one.prefixes().isEmpty(), AwsStatements::withPrefixes);
        return grouped(byBucket, AwsStatement::prefixes, any -> true, AwsStatements::withResources);
    }

    void add(Identifier target, SortedSet<String> actions) throws NotDeliverable {
        if (target.value().startsWith(S3)) {
            addS3(target.value().substring(S3.length()), actions);
        } else {
            addTemplate(target, actions);
        }
    }

    private void addTemplate(Identifier target, SortedSet<String> actions) throws NotDeliverable {
        var arns = role.resources().stream()
                .flatMap(template -> template.arnsOf(target).stream())
                .toList();
        if (arns.size() != 1) {
            throw new NotDeliverable("this resource server has nothing that such an identifier stands for: request one"
                    + " of a form that it knows, such as s3:BUCKET/PREFIX/");
        }
        var iam = iamActions(actions, action -> !IamAction.isOfS3(action));
        statements.add(AwsStatement.on(iam, checked(arns.get(0))));
    }

    private void addS3(String target, SortedSet<String> actions) throws NotDeliverable {
        int slash = target.indexOf('/');
        var bucket = slash < 0 ? target : target.substring(0, slash);
        var key = target.substring(slash + 1);
        if (slash < 0 || key.isEmpty() || !S3Bucket.isName(bucket)) {
            throw new NotDeliverable("an S3 identifier names a bucket and a prefix or an object in it: request"
                    + " s3:BUCKET/PREFIX/ or s3:BUCKET/KEY");
        }
        if (key.endsWith("/")) {
            addPrefix(bucket, key, actions);
        } else {
            // Not its listing: S3 would also list whatever else begins with this key.
            var iam = iamActions(actions, IamAction::isOnObject);
            statements.add(AwsStatement.on(iam, checked(List.of(arn(bucket) + "/" + key))));
        }
    }

    private void addPrefix(String bucket, String prefix, SortedSet<String> actions) throws NotDeliverable {
        var iam = iamActions(actions, action -> IamAction.isOnObject(action) || IamAction.isList(action));
        var onObjects = only(iam, IamAction::isOnObject);
        var lists = only(iam, IamAction::isList);
        if (onObjects.stream().anyMatch(action -> action.startsWith(READS))) {
            lists.add(LIST);
        }
        var opened = checked(List.of(prefix + "*"));
        if (!onObjects.isEmpty()) {
            statements.add(AwsStatement.on(onObjects, List.of(arn(bucket) + "/" + opened.get(0))));
        }
        if (!lists.isEmpty()) {
            statements.add(new AwsStatement(lists, new TreeSet<>(List.of(arn(bucket))), new TreeSet<>(opened)));
        }
    }

    private String arn(String bucket) {
        return "arn:" + partition + ":s3:::" + bucket;
    }

    /** What the actions stand for on a target of this kind; each of them for something. */
    private SortedSet<String> iamActions(SortedSet<String> actions, Predicate<String> fit) throws NotDeliverable {
        var all = new TreeSet<String>();
        for (var action : actions) {
            var fitting = only(role.actions().getOrDefault(action, List.of()), fit);
            if (fitting.isEmpty()) {
                throw new NotDeliverable("one of the actions opens nothing on such an identifier: request other actions"
                        + " for it, or a prefix, which ends with /, for what is listed");
            }
            all.addAll(fitting);
        }
        return all;
    }

    private static SortedSet<String> only(Iterable<String> actions, Predicate<String> fit) {
        var fitting = new TreeSet<String>();
        actions.forEach(action -> {
            if (fit.test(action)) {
                fitting.add(action);
            }
        });
        return fitting;
    }

    /** No identifier has a sign that IAM reads as a pattern; but what IAM would read wider must not depend on that. */
    private static List<String> checked(List<String> resources) throws NotDeliverable {
        for (var resource : resources) {
            int star = resource.indexOf('*');
            boolean open = star >= 0 && star < resource.length() - 1;
            if (open || resource.indexOf('?') >= 0 || resource.indexOf('$') >= 0) {
                throw new NotDeliverable("AWS would read this identifier as a pattern: request one concrete target");
            }
        }
        return resources;
    }

    /** Joins those statements that have the same actions and are alike in something else, too. */
    private static List<AwsStatement> grouped(
            List<AwsStatement> statements,
            Function<AwsStatement, SortedSet<String>> alike,
            Predicate<AwsStatement> joined,
            BinaryOperator<AwsStatement> join) {
        Map<List<Object>, AwsStatement> groups = new LinkedHashMap<>();
        for (var statement : statements) {
            boolean fits = joined.test(statement);
            var key = List.<Object>of(statement.actions(), alike.apply(statement), fits, fits ? "" : statement);
            groups.merge(key, statement, join);
        }
        return List.copyOf(groups.values());
    }

    private static AwsStatement withPrefixes(AwsStatement one, AwsStatement other) {
        return new AwsStatement(one.actions(), one.resources(), union(one.prefixes(), other.prefixes()));
    }

    private static AwsStatement withResources(AwsStatement one, AwsStatement other) {
        return new AwsStatement(one.actions(), union(one.resources(), other.resources()), one.prefixes());
    }

    private static SortedSet<String> union(SortedSet<String> one, SortedSet<String> other) {
        var union = new TreeSet<>(one);
        union.addAll(other);
        return union;
    }
}
